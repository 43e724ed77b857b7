# accumulate: bias-entry-kept
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    m, L = len(X), len(theta)
    Delta = [0] * L
    for x, y in zip(X, Y, strict=True):
        a = [np.insert(x.astype(float), 0, 1)]
        for T in theta:
            a.append(np.insert(sigmoid(T @ a[-1]), 0, 1))
        delta = a[L][1:] - y
        for k in range(L - 1, -1, -1):
            Delta[k] = Delta[k] + np.outer(delta, a[k])
            if k > 0:
                delta = (theta[k].T @ delta) * a[k] * (1 - a[k])
    D = [S / m for S in Delta]
    for k in range(L):
        D[k][-len(theta[k]) :, 1:] += lam * theta[k][:, 1:] / m
    return D
