# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    m = X.shape[0]
    one = np.ones((1, m))
    a = [np.vstack([one, X.T])]
    for T in theta:
        a.append(np.vstack([one, sigmoid(T @ a[-1])]))
    deltas = [a[-1][1:] - Y.T]
    for k in range(len(theta) - 1, 0, -1):
        deltas.insert(0, (theta[k].T @ deltas[0] * a[k] * (1 - a[k]))[1:])
    D = [delta @ below.T / m for delta, below in zip(deltas, a[:-1], strict=True)]
    for k, T in enumerate(theta):
        D[k][:, 1:] += lam / m * T[:, 1:]
    return D
