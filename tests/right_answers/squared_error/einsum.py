# squared_error
import numpy as np


def squared_error(y_hat, y):
    r = np.asarray(y_hat, dtype=float) - y
    return np.einsum("i,i->", r, r) / r.size, np.einsum("i,->i", r, 2 / r.size)
