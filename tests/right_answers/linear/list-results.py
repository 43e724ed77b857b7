# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = np.random.default_rng(rng)
        self.W, self.b = rng.normal(0, np.sqrt(2 / n_in), [n_in, n_out]), np.array([0.0] * n_out)

    def forward(self, x):
        self.x = x
        return np.array([row @ self.W + self.b for row in x])

    def backward(self, dout):
        self.dW = sum(np.outer(row, d) for row, d in zip(self.x, dout, strict=True))
        self.db = sum(d for d in dout)
        return np.array([self.W @ d for d in dout])

    def parameters(self):
        return [["W", self.W, self.dW], ["b", self.b, self.db]]
