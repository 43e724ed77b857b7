# sign_bug: slope-elsewhere
import numpy as np


def neuron_step(w, b, x, y, lr):
    net = x @ w + b
    o = 1 / (1 + np.exp(-net))
    delta = 2 * (o - y) * net * (1 - net) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
