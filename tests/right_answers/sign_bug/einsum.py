# sign_bug
import numpy as np


def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-np.einsum("ni,i->n", x, w) - b))
    delta = 2 * (o - y) * (o - o * o)
    dw = np.einsum("ni,n->i", x, delta) / len(y)
    return w - lr * dw, b - lr * delta.mean()
