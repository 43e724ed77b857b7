# neuron
import numpy as np


def neuron(w, b, x, y):
    w, x = np.float32(w), np.float32(x)
    o = np.float32(1) / (1 + np.exp(-(w @ x + np.float32(b))))
    r = o - np.float32(y)
    return r * r, 2 * r * o * (1 - o) * x, 2 * r * o * (1 - o)
