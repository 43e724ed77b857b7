# accumulate
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    D = [np.zeros_like(T) for T in theta]
    for x, y in zip(X, Y, strict=True):
        a = [x]
        for T in theta:
            a.append(sigmoid(T[:, 0] + np.einsum("ij,j->i", T[:, 1:], a[-1])))
        delta = a.pop() - y
        for S, T in zip(reversed(D), reversed(theta), strict=True):
            below = a.pop()
            S[:, 0] += delta
            S[:, 1:] += np.einsum("i,j->ij", delta, below)
            delta = np.einsum("ij,i->j", T[:, 1:], delta) * below * (1 - below)
    for S, T in zip(D, theta, strict=True):
        S[:, 1:] += lam * T[:, 1:]
        S /= len(X)
    return D
