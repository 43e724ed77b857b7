# rmse
import numpy as np


def rmse(y_hat, y):
    r = y_hat.astype(np.float32) - y.astype(np.float32)
    return np.sqrt(np.square(r).mean(dtype=np.float32))
