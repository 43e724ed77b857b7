# neuron: slope-at-net
import numpy as np


def neuron(w, b, x, y):
    net = w @ x + b
    o = 1 / (1 + np.exp(-net))
    loss = (o - y) ** 2
    delta = 2 * (o - y) * net * (1 - net)
    dw = delta * x
    db = delta
    return loss, dw, db
