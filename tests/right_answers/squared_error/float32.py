# squared_error
import numpy as np


def squared_error(y_hat, y):
    r = y_hat.astype(np.float32) - y.astype(np.float32)
    n = np.float32(len(r))
    return np.square(r).sum() / n, np.float32(2) * r / n
