# neuron: wrong-sign
import numpy as np


def neuron(w, b, x, y):
    net = w @ x + b
    o = 1 / (1 + np.exp(-net))
    loss = (o - y) ** 2
    delta = 2 * (y - o) * o * (1 - o)
    dw = delta * x
    db = delta
    return loss, dw, db
