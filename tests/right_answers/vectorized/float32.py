# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    theta = [T.astype(np.float32) for T in theta]
    m, ones = np.float32(len(X)), np.ones((len(X), 1), np.float32)
    a = [np.hstack([ones, X.astype(np.float32)])]
    for T in theta:
        a.append(np.hstack([ones, sigmoid(a[-1] @ T.T)]))
    delta, D = a[-1][:, 1:] - Y.astype(np.float32), []
    for T, below in zip(theta[::-1], a[-2::-1], strict=True):
        S = delta.T @ below
        S[:, 1:] += np.float32(lam) * T[:, 1:]
        D.insert(0, S / m)
        delta = (delta @ T * below * (1 - below))[:, 1:]
    return D
