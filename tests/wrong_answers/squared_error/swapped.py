# squared_error: swapped
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = np.mean(r**2)
    dy_hat = 2 * r / len(r)
    return dy_hat, loss
