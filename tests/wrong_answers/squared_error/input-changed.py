# squared_error: input-changed
import numpy as np


def squared_error(y_hat, y):
    y_hat -= y
    loss = np.mean(y_hat**2)
    dy_hat = 2 * y_hat / len(y)
    return loss, dy_hat
