# rmse: input-changed
import numpy as np


def rmse(y_hat, y):
    y_hat -= y
    return np.sqrt(np.mean(y_hat**2))
