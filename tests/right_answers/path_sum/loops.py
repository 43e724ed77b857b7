# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    W1, b1, W2, b2 = net222
    a1, a2 = [0, 0], [0, 0]
    for j in range(2):
        a1[j] = sigmoid(sum(x[i] * W1[i, j] for i in range(2)) + b1[j])
    for k in range(2):
        a2[k] = sigmoid(sum(a1[j] * W2[j, k] for j in range(2)) + b2[k])
    dw11 = 0
    for k in range(2):
        path = 2 * (a2[k] - y[k]) / 2
        path *= a2[k] * (1 - a2[k]) * W2[0, k]
        path *= a1[0] * (1 - a1[0]) * x[0]
        dw11 += path
    return dw11
