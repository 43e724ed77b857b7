# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    W1, b1, W2, b2 = (part.astype(np.float32) for part in net222)
    x, y = x.astype(np.float32), y.astype(np.float32)
    a1 = sigmoid(x @ W1 + b1)
    a2 = sigmoid(a1 @ W2 + b2)
    return np.dot((a2 - y) * a2 * (1 - a2), W2[0]) * a1[0] * (1 - a1[0]) * x[0]
