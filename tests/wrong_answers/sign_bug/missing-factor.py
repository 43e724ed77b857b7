# sign_bug: missing-factor
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = (o - y) * o * (1 - o) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
