# squared_error
import numpy as np


def loss_of(r):
    return float(np.dot(r, r)) / len(r)


def slope_of(r):
    return r * (2 / len(r))


def squared_error(y_hat, y):
    r = np.subtract(y_hat, y)
    return loss_of(r), slope_of(r)
