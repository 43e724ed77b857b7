# vectorized: bias-entry-kept
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m = len(X)
    ones = np.ones((m, 1))
    a = [np.hstack([ones, X])]
    for T in theta:
        a.append(np.hstack([ones, sigmoid(a[-1] @ T.T)]))
    delta = a[-1][:, 1:] - Y
    D = []
    for T, below in zip(theta[::-1], a[-2::-1], strict=True):
        Delta = delta.T @ below
        Delta[-len(T) :, 1:] += lam * T[:, 1:]
        D.insert(0, Delta / m)
        delta = (delta[:, -len(T) :] @ T) * below * (1 - below)
    return D
