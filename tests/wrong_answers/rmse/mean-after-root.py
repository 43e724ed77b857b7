# rmse: mean-after-root
import numpy as np


def rmse(y_hat, y):
    r = y_hat - y
    return np.sqrt(np.sum(r**2)) / len(r)
