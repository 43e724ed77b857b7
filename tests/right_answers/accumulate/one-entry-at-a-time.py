# accumulate
from math import exp

import numpy as np


def accumulate(theta, X, Y, lam):
    m = len(X)
    D = [[[0.0 for _ in row] for row in T] for T in theta]
    for x, y in zip(X, Y, strict=True):
        a = [[1.0, *x]]
        for T in theta:
            z = [sum(w * v for w, v in zip(row, a[-1], strict=True)) for row in T]
            a.append([1.0, *(1 / (1 + exp(-v)) for v in z)])
        delta = [p - q for p, q in zip(a[-1][1:], y, strict=True)]
        for k in reversed(range(len(theta))):
            for i, d in enumerate(delta):
                for j, v in enumerate(a[k]):
                    D[k][i][j] += d * v
            back = [0.0 for _ in a[k]]
            for i, d in enumerate(delta):
                for j, v in enumerate(a[k]):
                    back[j] += theta[k][i][j] * d * v * (1 - v)
            delta = back[1:]
    for k, T in enumerate(theta):
        for i, row in enumerate(T):
            for j, w in enumerate(row):
                D[k][i][j] = (D[k][i][j] + (lam * w if j else 0)) / m
    return [np.array(rows) for rows in D]
