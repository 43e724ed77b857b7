# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    x, y = x.reshape(2, 1), y.reshape(2, 1)
    a1 = sigmoid(net222.W1.T @ x + net222.b1.reshape(2, 1))
    a2 = sigmoid(net222.W2.T @ a1 + net222.b2.reshape(2, 1))
    delta2 = (a2 - y) * a2 * (1 - a2)
    delta1 = (net222.W2 @ delta2) * a1 * (1 - a1)
    return (delta1 @ x.T)[0, 0]
