# neuron: db-zero
import numpy as np


def neuron(w, b, x, y):
    net = w @ x + b
    o = 1 / (1 + np.exp(-net))
    loss = (o - y) ** 2
    delta = 2 * (o - y) * o * (1 - o)
    dw = delta * x
    db = 0.0
    return loss, dw, db
