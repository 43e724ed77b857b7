# sign_bug: slope-of-tanh
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * (1 - o**2) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
