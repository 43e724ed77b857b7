# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m, a = len(X), [X]
    for T in theta:
        a.append(sigmoid(a[-1] @ T[:, 1:].T + T[:, 0]))
    delta, D = (a[-1] - Y) / m, []
    for T, below in zip(theta[::-1], a[-2::-1], strict=True):
        dW = below.T @ delta + lam / m * T[:, 1:].T
        D.append(np.vstack([delta.sum(axis=0), dW]).T)
        delta = delta @ T[:, 1:] * below * (1 - below)
    return D[::-1]
