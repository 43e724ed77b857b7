# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        self.W = np.sqrt(2 / n_in) * np.random.default_rng(rng).standard_normal((n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW = np.empty((n_in, n_out))
        self.db = np.empty(n_out)

    def forward(self, x):
        self.x = x
        out = x @ self.W
        out += self.b
        return out

    def backward(self, dout):
        np.matmul(self.x.T, dout, out=self.dW)
        self.db[:] = np.ones(len(dout)) @ dout
        return dout @ self.W.T

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
