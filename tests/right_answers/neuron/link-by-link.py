# neuron
import numpy as np


def neuron(w, b, x, y):
    net = np.dot(w, x) + b
    o = 0.5 * (1 + np.tanh(0.5 * net))
    dloss_do = 2 * (o - y)
    do_dnet = o * (1 - o)
    dnet_dw, dnet_db = x, 1
    return (o - y) ** 2, dloss_do * do_dnet * dnet_dw, dloss_do * do_dnet * dnet_db
