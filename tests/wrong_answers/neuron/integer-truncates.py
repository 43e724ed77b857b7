# neuron: integer-truncates
import numpy as np


def neuron(w, b, x, y):
    net = w @ x + b
    o = 1 / (1 + np.exp(-net))
    loss = (o - y) ** 2
    delta = 2 * (o - y) * o * (1 - o)
    dw = np.zeros_like(w)
    for i in range(len(w)):
        dw[i] = delta * x[i]
    db = delta
    return loss, dw, db
