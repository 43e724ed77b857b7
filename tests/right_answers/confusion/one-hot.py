# confusion
import numpy as np


def confusion(y, y_hat):
    true, predicted = np.eye(10, dtype=int)[y], np.eye(10, dtype=int)[y_hat]
    return true.T @ predicted
