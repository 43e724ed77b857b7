# rmse
import numpy as np


def rmse(y_hat, y):
    r = np.asarray(y_hat, dtype=float) - y
    return np.sqrt(np.einsum("i,i->", r, r) / r.size)
