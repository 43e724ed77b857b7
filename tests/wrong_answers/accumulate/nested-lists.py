# accumulate: nested-lists
import numpy as np


def accumulate(theta, X, Y, lam):
    m = len(X)
    Delta = [np.zeros(T.shape) for T in theta]
    for t in range(m):
        a = [np.append(1, X[t])]
        for T in theta:
            a.append(np.append(1, 1 / (1 + np.exp(-(T @ a[-1])))))
        delta = a[-1][1:] - Y[t]
        for layer in reversed(range(len(theta))):
            Delta[layer] += np.outer(delta, a[layer])
            delta = (theta[layer].T @ delta * a[layer] * (1 - a[layer]))[1:]
    D = []
    for layer in range(len(theta)):
        penalty = lam * theta[layer]
        penalty[:, 0] = 0
        D.append((Delta[layer] + penalty) / m)
    return [values.tolist() for values in D]
