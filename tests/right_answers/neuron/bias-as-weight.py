# neuron
import numpy as np


def neuron(w, b, x, y):
    w, x = np.append(w, b), np.append(x, 1)
    o = 1 / (1 + np.exp(-(w @ x)))
    gradient = 2 * (o - y) * o * (1 - o) * x
    return (o - y) ** 2, gradient[:-1], gradient[-1]
