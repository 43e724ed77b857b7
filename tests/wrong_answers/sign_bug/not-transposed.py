# sign_bug: not-transposed
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * o * (1 - o) / len(y)
    return w - lr * x @ delta, b - lr * delta.sum()
