# confusion
import numpy as np


def confusion(y, y_hat):
    matrix = np.zeros((10, 10), dtype=int)
    for i in range(len(y)):
        matrix[y[i]][y_hat[i]] += 1
    return matrix
