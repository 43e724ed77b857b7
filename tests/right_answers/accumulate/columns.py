# accumulate
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def accumulate(theta, X, Y, lam):
    m = X.shape[0]
    Delta = [np.zeros(T.shape) for T in theta]
    for t in range(m):
        a = [np.vstack([[[1]], X[t].reshape(-1, 1)])]
        for T in theta:
            a.append(np.vstack([[[1]], sigmoid(T @ a[-1])]))
        deltas = [a[-1][1:] - Y[t].reshape(-1, 1)]
        for layer in range(len(theta) - 1, 0, -1):
            slope = a[layer] * (1 - a[layer])
            deltas.insert(0, ((theta[layer].T @ deltas[0]) * slope)[1:])
        for layer in range(len(theta)):
            Delta[layer] = Delta[layer] + deltas[layer] @ a[layer].T
    keep = [np.ones(T.shape) for T in theta]
    for K in keep:
        K[:, 0] = 0
    return [S / m + lam / m * K * T for S, K, T in zip(Delta, keep, theta, strict=True)]
