# neuron
import numpy as np


def neuron(w, b, x, y):
    o = 1 / (1 + np.exp(-(np.einsum("i,i", w, x) + b)))
    d = -2 * (y - o) * (o - o**2)
    return (y - o) ** 2, np.einsum(",i->i", d, x), d
