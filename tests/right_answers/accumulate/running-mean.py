# accumulate
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    m = len(X)
    D = [lam / m * np.c_[np.zeros(len(T)), T[:, 1:]] for T in theta]
    for x, y in zip(X, Y, strict=True):
        a = [np.r_[1, x]]
        for T in theta:
            a.append(np.r_[1, sigmoid(T @ a[-1])])
        delta = a[-1][1:] - y
        for k in reversed(range(len(theta))):
            D[k] += delta[:, None] * a[k] / m
            delta = theta[k][:, 1:].T @ delta * (a[k] * (1 - a[k]))[1:]
    return tuple(D)
