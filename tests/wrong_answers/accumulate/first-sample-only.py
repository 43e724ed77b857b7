# accumulate: first-sample-only
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    m, L = len(X), len(theta)
    Delta = [np.zeros(T.shape) for T in theta]
    for t in range(m):
        a = [np.concatenate([[1], X[t]])]
        for T in theta:
            z = T @ a[-1]
            a.append(np.concatenate([[1], sigmoid(z)]))
        delta = a[L][1:] - Y[t]
        for k in range(L - 1, -1, -1):
            Delta[k] += np.outer(delta, a[k])
            below = a[k][1:]
            delta = (theta[k].T @ delta)[1:] * below * (1 - below)
        D = []
        for k in range(L):
            penalty = lam * theta[k]
            penalty[:, 0] = 0
            D.append((Delta[k] + penalty) / m)
        return D
