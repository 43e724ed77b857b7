# confusion
import numpy as np


def confusion(y, y_hat):
    return np.bincount(10 * y.astype(int) + y_hat, minlength=100).reshape(10, 10)
