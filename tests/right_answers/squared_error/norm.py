# squared_error
import numpy as np


def squared_error(y_hat, y, /):
    difference = y - y_hat
    N = len(difference)
    loss = np.linalg.norm(difference) ** 2 / N
    dy_hat = np.full(N, -2 / N)
    dy_hat *= difference
    return loss, dy_hat
