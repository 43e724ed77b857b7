# path_sum: whole-matrix
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    W1, b1, W2, b2 = net222
    a = sigmoid(x @ W1 + b1)
    y_hat = sigmoid(a @ W2 + b2)
    delta = 2 * (y_hat - y) / 2 * y_hat * (1 - y_hat)
    delta1 = (delta @ W2.T) * a * (1 - a)
    return np.outer(x, delta1)
