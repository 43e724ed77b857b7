# sign_bug
import numpy as np


def neuron_step(w, b, x, y, lr):
    x, y, w = (np.asarray(a, dtype=np.float32) for a in (x, y, w))
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * o * (1 - o) / np.float32(len(y))
    return w - np.float32(lr) * (delta @ x), np.float32(b) - np.float32(lr) * delta.sum()
