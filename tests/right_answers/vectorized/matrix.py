# vectorized
import numpy as np


def vectorized(theta, X, Y, lam):
    m = len(X)
    ones = np.ones((m, 1))
    a = [np.hstack([ones, X])]
    for T in theta:
        a.append(np.hstack([ones, 1 / (1 + np.exp(-(a[-1] @ T.T)))]))
    delta = a[-1][:, 1:] - Y
    D = []
    for T, below in zip(reversed(theta), reversed(a[:-1]), strict=True):
        penalty = lam * T
        penalty[:, 0] = 0
        D = [(delta.T @ below + penalty) / m, *D]
        delta = (delta @ T * below * (1 - below))[:, 1:]
    return tuple(np.matrix(values) for values in D)
