# linear: update-in-backward
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = np.random.default_rng(rng)
        self.W = rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        dx = dout @ self.W.T
        self.W -= 0.1 * self.dW
        return dx

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
