# confusion: input-changed
import numpy as np


def confusion(y, y_hat):
    y *= 10
    y += y_hat
    return np.bincount(y, minlength=100).reshape(10, 10)
