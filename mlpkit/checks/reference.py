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


def dy_dx(x):
    """Return dy/dx of y = 8(x⁵ + 9)³ + (x⁵ + 9)² + 5, for a number or an array."""
    z = x**5 + 9
    return (24 * z**2 + 2 * z) * 5 * x**4


def neuron(w, b, x, y):
    """Return (loss, dw (2,), db) of a sigmoid neuron, for one sample x (2,) with its target y.

    The loss is (o - y)².
    """
    o = 1 / (1 + np.exp(-(w @ x + b)))
    delta = 2 * (o - y) * o * (1 - o)
    return (o - y) ** 2, delta * x, delta


def path_sum(net222, x, y):
    """Return the derivative by W1[0, 0] of the mean of (ŷ - y)² over both outputs; x, y (2,)."""
    a1 = 1 / (1 + np.exp(-(x @ net222.W1 + net222.b1)))
    y_hat = 1 / (1 + np.exp(-(a1 @ net222.W2 + net222.b2)))
    paths = (y_hat - y) * y_hat * (1 - y_hat) * net222.W2[0]  # 2 of the square, 1/2 of the mean
    return paths.sum() * a1[0] * (1 - a1[0]) * x[0]


def hidden_delta(delta2, W2, a1):
    """Return delta1 (N, hidden) for delta2 (N, outputs), W2 (hidden, outputs), a1 (N, hidden)."""
    return (delta2 @ W2.T) * a1 * (1 - a1)


def accumulate(theta, X, Y, lam):
    """Return D, an array per Θ (units, 1 + inputs), sample by sample; X (m, inputs), Y (m, units).

    The loss is the cross-entropy of sigmoid outputs, with the penalty lam/2m · Σ Θ².
    """
    sums = [np.zeros(T.shape) for T in theta]
    for x, y in zip(X, Y, strict=True):
        a = [np.append(1, x)]
        for T in theta:
            a.append(np.append(1, 1 / (1 + np.exp(-T @ a[-1]))))
        delta = a[-1][1:] - y
        for layer in reversed(range(len(theta))):
            sums[layer] += np.outer(delta, a[layer])
            delta = ((theta[layer].T @ delta) * a[layer] * (1 - a[layer]))[1:]
    return [regularized(S, T, lam) / len(X) for S, T in zip(sums, theta, strict=True)]


def regularized(S, T, lam):
    """Add lam · Θ to the sums S of a layer, in all columns but that of the bias."""
    penalty = lam * T
    penalty[:, 0] = 0
    return S + penalty


def vectorized(theta, X, Y, lam):
    """Return what accumulate returns, with all samples at once."""
    ones = np.ones((len(X), 1))
    a = [np.hstack([ones, X])]
    for T in theta:
        a.append(np.hstack([ones, 1 / (1 + np.exp(-a[-1] @ T.T))]))
    delta, D = a[-1][:, 1:] - Y, []
    for T, inputs in zip(theta[::-1], a[-2::-1], strict=True):
        D.insert(0, regularized(delta.T @ inputs, T, lam) / len(X))
        delta = ((delta @ T) * inputs * (1 - inputs))[:, 1:]
    return D


def numerical_gradient(f, w, h=1e-5):
    """Return the slopes of f by the entries of w, in its shape: (f(w + h) - f(w - h)) / 2h."""
    at = np.array(w, dtype=float)
    dw = np.zeros(at.shape)
    for place in np.ndindex(at.shape):
        kept = at[place]
        at[place] = kept + h
        above = f(at)
        at[place] = kept - h
        dw[place] = (above - f(at)) / (2 * h)
        at[place] = kept
    return dw


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
