# sign_bug: wrong-sign
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = -2 * (o - y) * o * (1 - o)
    dw = x.T @ delta / len(y)
    db = delta.mean()
    return w - lr * dw, b - lr * db
