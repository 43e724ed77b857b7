# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    D = [np.c_[np.zeros(len(T)), lam * T[:, 1:]] for T in theta]
    for x, y in zip(X, Y, strict=True):
        a = [np.append(1, x)]
        for T in theta:
            a.append(np.append(1, sigmoid(T @ a[-1])))
        delta = a[-1][1:] - y
        for k in reversed(range(len(theta))):
            D[k] += np.outer(delta, a[k])
            delta = (theta[k].T @ delta * a[k] * (1 - a[k]))[1:]
    return [S / len(X) for S in D]
