# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m, a = len(X), [X]
    for T in theta:
        a.append(sigmoid(T[:, 0] + np.einsum("ni,ji->nj", a[-1], T[:, 1:])))
    delta, D = a[-1] - Y, [None] * len(theta)
    for k in range(len(theta) - 1, -1, -1):
        weights = np.einsum("nj,ni->ji", delta, a[k]) + lam * theta[k][:, 1:]
        D[k] = np.column_stack([delta.sum(axis=0), weights]) / m
        delta = np.einsum("nj,ji,ni->ni", delta, theta[k][:, 1:], a[k] - a[k] ** 2)
    return D
