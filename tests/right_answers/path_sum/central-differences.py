# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(W1, net222, x, y):
    a1 = sigmoid(x @ W1 + net222.b1)
    return np.mean((sigmoid(a1 @ net222.W2 + net222.b2) - y) ** 2)


def path_sum(net222, x, y):
    h = 1e-5
    nudge = np.array([[h, 0], [0, 0]])
    above = loss(net222.W1 + nudge, net222, x, y)
    return (above - loss(net222.W1 - nudge, net222, x, y)) / (2 * h)
