# neuron
import numpy as np


def neuron(w, b, x, y):
    o = 1 / (1 + np.exp(-(sum(w * x) + b)))
    delta = 2 * (o - y) * o * (1 - o)
    return [(o - y) ** 2, list(delta * x), float(delta)]
