# path_sum: input-changed
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def loss(net, x, y):
    a = sigmoid(x @ net.W1 + net.b1)
    return np.mean((sigmoid(a @ net.W2 + net.b2) - y) ** 2)


def path_sum(net222, x, y):
    h = 1e-5
    net222.W1[0, 0] += h
    above = loss(net222, x, y)
    net222.W1[0, 0] -= 2 * h
    below = loss(net222, x, y)
    return (above - below) / (2 * h)
