# confusion
import numpy as np


def confusion(y, y_hat):
    matrix = np.zeros((10, 10), dtype=np.float32)
    for true, predicted in zip(y, y_hat, strict=True):
        matrix[true, predicted] += 1
    return matrix
