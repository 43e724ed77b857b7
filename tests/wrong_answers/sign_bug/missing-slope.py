# sign_bug: missing-slope
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
