# path_sum: paths-multiplied
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    W1, b1, W2, b2 = net222
    a = sigmoid(x @ W1 + b1)
    y_hat = sigmoid(a @ W2 + b2)
    delta = 2 * (y_hat - y) / 2 * y_hat * (1 - y_hat)
    path1 = delta[0] * W2[0, 0]
    path2 = delta[1] * W2[0, 1]
    slope = a[0] * (1 - a[0])
    return (path1 * path2) * slope * x[0]
