# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        self.b = np.zeros(n_out)
        self.db = None
        self.W = np.random.default_rng(rng).normal(size=(n_in, n_out), scale=(2 / n_in) ** 0.5)
        self.dW = None
        self._last_input = None

    def forward(self, x):
        self._last_input = x.copy()
        return self.b + np.dot(x, self.W)

    def backward(self, dout):
        self.db = np.sum(dout, 0)
        self.dW = np.dot(self._last_input.T, dout)
        return np.dot(dout, self.W.T)

    def parameters(self):
        yield "b", self.b, self.db
        yield "W", self.W, self.dW
