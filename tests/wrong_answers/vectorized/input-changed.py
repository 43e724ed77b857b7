# vectorized: input-changed
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m = len(X)
    ones = np.ones((m, 1))
    a = [X]
    for T in theta:
        a.append(sigmoid(np.hstack([ones, a[-1]]) @ T.T))
    delta = a[-1] - Y
    D = []
    for T, below in zip(theta[::-1], a[-2::-1], strict=True):
        Delta = delta.T @ np.hstack([ones, below])
        delta = (delta @ T[:, 1:]) * below * (1 - below)
        T[:, 0] = 0
        D.insert(0, (Delta + lam * T) / m)
    return D
