# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    a1 = sigmoid(x @ net222.W1 + net222.b1)
    a2 = sigmoid(a1 @ net222.W2 + net222.b2)
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (delta2 @ net222.W2.T) * a1 * (1 - a1)
    return np.outer(x, delta1)[0, 0]
