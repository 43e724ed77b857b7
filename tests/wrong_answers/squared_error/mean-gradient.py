# squared_error: mean-gradient
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = np.mean(r**2)
    dy_hat = np.mean(2 * r)
    return loss, dy_hat
