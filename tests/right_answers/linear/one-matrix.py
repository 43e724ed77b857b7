# linear
import numpy as np


class Linear:
    """W and b are rows of one matrix; the last input is always 1."""

    def __init__(self, n_in, n_out, rng=None):
        W = np.random.default_rng(rng).normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.theta = np.vstack([W, np.zeros(n_out)])

    @property
    def W(self):
        return self.theta[:-1]

    @property
    def b(self):
        return self.theta[-1]

    @property
    def dW(self):
        return self.dtheta[:-1]

    @property
    def db(self):
        return self.dtheta[-1]

    def forward(self, x):
        self.x = np.hstack([x, np.ones((len(x), 1))])
        return self.x @ self.theta

    def backward(self, dout):
        self.dtheta = self.x.T @ dout
        return (dout @ self.theta.T)[:, :-1]

    def parameters(self):
        yield from (("W", self.W, self.dW), ("b", self.b, self.db))
