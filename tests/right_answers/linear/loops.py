# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        rng = np.random.default_rng(rng)
        self.W = np.zeros((n_in, n_out))
        self.b = np.zeros(n_out)
        for i in range(n_in):
            for j in range(n_out):
                self.W[i, j] = rng.normal() * (2 / n_in) ** 0.5

    def forward(self, x):
        self.x = x
        out = np.zeros((len(x), len(self.b)))
        for n, row in enumerate(x):
            for j in range(len(self.b)):
                out[n, j] = sum(row[i] * self.W[i, j] for i in range(len(row))) + self.b[j]
        return out

    def backward(self, dout):
        self.dW, self.db = np.zeros(self.W.shape), np.zeros(self.b.shape)
        dx = np.zeros(self.x.shape)
        for n in range(len(dout)):
            for j in range(len(self.b)):
                self.db[j] += dout[n, j]
                for i in range(len(self.W)):
                    self.dW[i, j] += self.x[n, i] * dout[n, j]
                    dx[n, i] += self.W[i, j] * dout[n, j]
        return dx

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
