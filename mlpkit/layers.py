"""What a net is made of. A layer takes x (batch, n_in), a sample per row, forward to out
and dout, the gradient of the loss there, backward to dx by the chain rule, keeping dW and db."""

import numpy as np

from .losses import check, check_number, numbers


class Layer:
    """What all layers share: they keep their output for the way back."""

    def keep(self, out):
        self.out = out
        return out

    def recall(self, dout):
        check(hasattr(self, "out"), "backward", "a forward pass before it", "none")
        check(numbers("dout", dout).shape == self.out.shape, "dout", self.out.shape, np.shape(dout))
        return self.out

    def __repr__(self):
        return f"{type(self).__name__}{np.shape(getattr(self, 'W', 0))}"


class Linear(Layer):
    """The part that learns: out = x @ W + b with W (n_in, n_out), b (n_out,), out (batch, n_out).
    W is drawn at random by `rng`, a seed or Generator; b starts at 0. The default scale √(2/n_in)
    keeps numbers equally large from layer to layer though ReLU cuts off half (He et al., 2015)."""

    def __init__(self, n_in, n_out, rng=None, scale=None):
        whole = all(np.issubdtype(type(n), np.integer) and n > 0 for n in (n_in, n_out))
        check(whole, "n_in, n_out", "whole numbers above 0", (n_in, n_out))
        scale = np.sqrt(2 / n_in) if scale is None else scale
        check_number("scale", scale, "from 0", lambda v: 0 <= v < np.inf)
        self.W = np.random.default_rng(rng).normal(0, scale, (n_in, n_out))
        self.b, self.db, self.dW = np.zeros(n_out), np.zeros(n_out), np.zeros((n_in, n_out))

    def forward(self, x):
        check(np.shape(x)[1:] == self.W.shape[:1], "x", f"(batch, {len(self.W)})", np.shape(x))
        self.x = numbers("x", x)
        return self.keep(self.x @ self.W + self.b)

    def backward(self, dout):
        self.gradients(dout)
        return dout @ self.W.T  # (batch, n_out) @ (n_out, n_in)

    def gradients(self, dout):
        """Single numbers: dw = x dout, db = dout, dx = w dout. Matrices: only these shapes fit."""
        self.recall(dout)
        self.dW = self.x.T @ dout  # (n_in, batch) @ (batch, n_out)
        self.db = np.asarray(dout).sum(axis=0)  # b served every sample of the batch, and so did W

    def parameters(self):
        yield "W", self.W, self.dW  # name, value, gradient: the live arrays, to change in place
        yield "b", self.b, self.db


class Tanh(Layer):
    """a = tanh(x) for each number, between -1 and 1; da/dx = 1 - a²."""

    def forward(self, x):
        return self.keep(np.tanh(1.0 * numbers("x", x)))

    def backward(self, dout):
        return dout * (1 - self.recall(dout) ** 2)


class ReLU(Layer):
    """a = max(0, x) for each number; da/dx = 1 where x > 0, else 0 (at the kink x = 0 too)."""

    def forward(self, x):
        return self.keep(np.maximum(numbers("x", x), 0))

    def backward(self, dout):
        return dout * (self.recall(dout) > 0)


class Sigmoid(Layer):
    """a = 1 / (1 + exp(-x)) = (1 + tanh(x/2)) / 2 for each number; da/dx = a (1 - a)."""

    def forward(self, x):
        return self.keep(0.5 * (1 + np.tanh(0.5 * numbers("x", x))))  # this form cannot overflow

    def backward(self, dout):
        return dout * self.recall(dout) * (1 - self.out)


class Softmax(Layer):
    """p_c = exp(x_c) / sum of exp(x_j) along each row of x (batch, classes)."""

    def forward(self, x):
        check(numbers("x", x).ndim == 2, "x", "shape (batch, classes)", np.shape(x))
        exp = np.exp(x - 1.0 * np.max(x, axis=1, keepdims=True))  # the same p: exp cannot overflow
        return self.keep(exp / exp.sum(axis=1, keepdims=True))

    def backward(self, dout):
        p = self.recall(dout)
        return p * (dout - (p * dout).sum(axis=1, keepdims=True))  # each row times diag(p) - p pᵀ
