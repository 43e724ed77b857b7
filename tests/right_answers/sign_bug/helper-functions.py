# sign_bug
import numpy as np


def sigmoid(net):
    return 1 / (1 + np.exp(-net))


def slope(o):
    return o * (1 - o)


def neuron_step(w, b, x, y, lr):
    o = sigmoid(x @ w + b)
    delta = 2 * (o - y) * slope(o)
    return w - lr * x.T @ delta / len(y), b - lr * np.mean(delta)
