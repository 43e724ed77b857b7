# squared_error: integer-truncates
import numpy as np


def squared_error(y_hat, y):
    loss = np.mean((y_hat - y) ** 2)
    dy_hat = np.zeros_like(y_hat)
    for i in range(len(y)):
        dy_hat[i] = 2 * (y_hat[i] - y[i]) / len(y)
    return loss, dy_hat
