# rmse: half
import numpy as np


def rmse(y_hat, y):
    r = y_hat - y
    return np.sqrt(0.5 * np.mean(r**2))
