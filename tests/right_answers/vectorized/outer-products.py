# vectorized
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def vectorized(theta, X, Y, lam):
    a = [np.insert(X.astype(float), 0, 1, axis=1)]
    for T in theta:
        a.append(np.insert(sigmoid(a[-1] @ T.T), 0, 1, axis=1))
    delta, D = a[-1][:, 1:] - Y, []
    for T, below in zip(theta[::-1], a[-2::-1], strict=True):
        per_sample = delta[:, :, None] * below[:, None, :]
        mask = np.ones(T.shape)
        mask[:, 0] = 0
        D = [per_sample.mean(axis=0) + lam / len(X) * mask * T, *D]
        delta = (delta @ T * below * (1 - below))[:, 1:]
    return D
