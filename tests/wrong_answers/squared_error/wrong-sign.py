# squared_error: wrong-sign
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = np.mean(r**2)
    dy_hat = 2 * (y - y_hat) / len(r)
    return loss, dy_hat
