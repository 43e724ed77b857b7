# rmse: mean-before-square
import numpy as np


def rmse(y_hat, y):
    r = y_hat - y
    return np.sqrt(np.mean(r) ** 2)
