# linear: W-transposed
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = np.random.default_rng(rng)
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_out, n_in))
        self.b = np.zeros(n_out)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W.T + self.b

    def backward(self, dout):
        self.dW = dout.T @ self.x
        self.db = dout.sum(axis=0)
        return dout @ self.W

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
