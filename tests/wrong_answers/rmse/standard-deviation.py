# rmse: standard-deviation
import numpy as np


def rmse(y_hat, y):
    return np.std(y_hat - y)
