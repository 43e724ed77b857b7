# path_sum
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def path_sum(net222, x, y):
    h = sigmoid(np.einsum("i,ij->j", x, net222.W1) + net222.b1)
    o = sigmoid(np.einsum("j,jk->k", h, net222.W2) + net222.b2)
    return np.einsum("k,k,k->", o - y, o - o**2, net222.W2[0]) * (h[0] - h[0] ** 2) * x[0]
