"""mlpkit's own answers to those exercises that are no part of the framework.

They stand in until the learner's own are right.
"""

import numpy as np

from ..layers import Linear, ReLU
from ..net import Net


def squared_error(y_hat, y):
    """Return (mean of (y_hat - y)², its gradient by y_hat), for y_hat (N,) and y (N,)."""
    r = np.asarray(y_hat) - y
    return float(np.mean(r * r)), 2 * r / len(r)


def rmse(y_hat, y):
    """Return the root of the mean of (y_hat - y)², for y_hat (N,) and y (N,)."""
    r = np.asarray(y_hat) - y
    return float(np.sqrt(np.mean(r * r)))


def surface_gradient(x, y):
    """Return (dx, dy) of x² + y³, for numbers or arrays of one shape."""
    return 2 * x, 3 * y**2


def update(w, b, dw, db, lr):
    """Return w (n,) or a number, and the number b, after one step against dw and db."""
    return w - lr * dw, b - lr * db


def neuron_step(w, b, x, y, lr):
    """Return w (features,) and b after one step of a sigmoid neuron, for x (N, features), y (N,).

    The loss is the mean of (o - y)².
    """
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * o * (1 - o) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()


def softmax(scores):
    """Return p (N, classes), each row exp(score) over its sum, for scores (N, classes)."""
    exp = np.exp(scores - np.max(scores, axis=1, keepdims=True))  # so that exp cannot overflow
    return exp / exp.sum(axis=1, keepdims=True)


def minibatches(x, y, batch_size, rng):
    """Yield pairs (x, y) of at most batch_size rows: all rows once, in an order drawn by rng."""
    order = np.random.default_rng(rng).permutation(len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], y[batch]


def scale_pixels(images):
    """Return images (N, 28, 28) of 0 to 255 as float32 rows (N, 784) of 0 to 1."""
    return images.reshape(len(images), -1).astype(np.float32) / np.float32(255)


def one_layer(rng):
    """Return a net of one layer, 784-10, with weights drawn by rng."""
    return Net(Linear(784, 10, rng))


def two_layers(rng):
    """Return a net of two layers, 784-256-10, with weights drawn by rng."""
    rng = np.random.default_rng(rng)
    return Net(Linear(784, 256, rng), ReLU(), Linear(256, 10, rng))


def three_layers(rng):
    """Return a net of three layers, 784-300-100-10, with weights drawn by rng."""
    rng = np.random.default_rng(rng)
    return Net(Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), ReLU(), Linear(100, 10, rng))


def confusion(y, y_hat):
    """Return counts (10, 10): row, the digit y (N,); column, the answer y_hat (N,)."""
    counts = np.zeros((10, 10), dtype=int)
    np.add.at(counts, (y, y_hat), 1)
    return counts
