# squared_error: not-averaged
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = np.sum(r**2)
    dy_hat = 2 * r / len(r)
    return loss, dy_hat
