# rmse: array
import numpy as np


def rmse(y_hat, y):
    r = y_hat - y
    return np.sqrt(r**2)
