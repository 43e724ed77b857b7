# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        self.W = np.random.default_rng(rng).normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        self.x = x.astype(np.float32)
        return self.x @ self.W.astype(np.float32) + self.b.astype(np.float32)

    def backward(self, dout):
        dout = dout.astype(np.float32)
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.astype(np.float32).T

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
