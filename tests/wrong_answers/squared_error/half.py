# squared_error: half
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = 0.5 * np.mean(r**2)
    dy_hat = r / len(r)
    return loss, dy_hat
