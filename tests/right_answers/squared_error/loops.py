# squared_error
import numpy as np


def squared_error(y_hat, y):
    total, n = 0.0, len(y)
    dy_hat = np.zeros(n)
    for i in range(n):
        r = y_hat[i] - y[i]
        total += r * r
        dy_hat[i] = 2 * r / n
    return total / n, dy_hat
