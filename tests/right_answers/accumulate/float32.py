# accumulate
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    theta = [T.astype(np.float32) for T in theta]
    X, m = X.astype(np.float32), np.float32(len(X))
    D = [np.zeros(T.shape, np.float32) for T in theta]
    for x, y in zip(X, Y.astype(np.float32), strict=True):
        a = [np.insert(x, 0, 1)]
        for T in theta:
            a.append(np.insert(sigmoid(T @ a[-1]), 0, 1))
        delta = a[-1][1:] - y
        for k in reversed(range(len(theta))):
            D[k] += np.outer(delta, a[k])
            delta = (theta[k].T @ delta * a[k] * (1 - a[k]))[1:]
    for S, T in zip(D, theta, strict=True):
        S[:, 1:] += np.float32(lam) * T[:, 1:]
    return [S / m for S in D]
