# vectorized: slope-at-z
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m = len(X)
    ones = np.ones((m, 1))
    a, zs = [X], [X]
    for T in theta:
        zs.append(np.hstack([ones, a[-1]]) @ T.T)
        a.append(sigmoid(zs[-1]))
    delta = a[-1] - Y
    D = []
    for T, below, z in zip(theta[::-1], a[-2::-1], zs[-2::-1], strict=True):
        Delta = delta.T @ np.hstack([ones, below])
        penalty = lam * T
        penalty[:, 0] = 0
        D.insert(0, (Delta + penalty) / m)
        delta = (delta @ T[:, 1:]) * z * (1 - z)
    return D
