# neuron
import numpy as np


def neuron(w, b, x, y):
    e = np.exp(-(w[0] * x[0] + w[1] * x[1] + b))
    o = 1 / (1 + e)
    db = 2 * (o - y) * e / (1 + e) ** 2
    return (o - y) ** 2, np.array([db * x[0], db * x[1]]), db
