# rmse: absolute
import numpy as np


def rmse(y_hat, y):
    r = y_hat - y
    return np.mean(np.sqrt(r**2))
