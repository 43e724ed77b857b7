# accumulate
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slopes(theta, a, y):
    """(the slopes by each Θ, δ of the input a), for one sample."""
    if not theta:
        return [], None
    first, *rest = theta
    out = sigmoid(first @ np.append(1, a))
    later, back = slopes(rest, out, y)
    delta = out - y if back is None else back * out * (1 - out)
    return [np.outer(delta, np.append(1, a)), *later], first[:, 1:].T @ delta


def accumulate(theta, X, Y, lam):
    m = len(X)
    each = [slopes(theta, x, y)[0] for x, y in zip(X, Y, strict=True)]
    D = []
    for layer, T in enumerate(theta):
        weights = T.copy()
        weights[:, 0] = 0
        D.append((sum(found[layer] for found in each) + lam * weights) / m)
    return D
