# confusion
import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (y, y_hat), 1)
    return counts
