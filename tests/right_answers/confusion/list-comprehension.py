# confusion
import numpy as np


def confusion(y, y_hat):
    return np.array([[np.sum((y == i) & (y_hat == j)) for j in range(10)] for i in range(10)])
