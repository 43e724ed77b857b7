# squared_error: root
import numpy as np


def squared_error(y_hat, y):
    r = y_hat - y
    loss = np.sqrt(np.mean(r**2))
    dy_hat = 2 * r / len(r)
    return loss, dy_hat
