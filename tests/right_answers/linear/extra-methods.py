# linear
import numpy as np


class Linear:
    def __init__(self, n_in, n_out, rng=None):
        self.n_in, self.n_out = n_in, n_out
        self.rng = np.random.default_rng(rng)
        self.reset()

    def reset(self):
        self.W = self.rng.normal(size=(self.n_in, self.n_out)) * np.sqrt(2 / self.n_in)
        self.b = np.zeros(self.n_out)
        self.zero_grad()

    def zero_grad(self):
        self.dW, self.db = np.zeros_like(self.W), np.zeros_like(self.b)

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def __call__(self, x):
        return self.forward(x)

    def backward(self, dout):
        self.zero_grad()
        self.dW += self.x.T @ dout
        self.db += dout.sum(axis=0)
        return dout @ self.W.T

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db

    def __len__(self):
        return self.W.size + self.b.size

    def __repr__(self):
        return f"Linear({self.n_in}, {self.n_out})"
