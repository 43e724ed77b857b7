# sign_bug: double-mean
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * o * (1 - o) / len(y)
    return w - lr * x.T @ delta / len(y), b - lr * delta.mean()
