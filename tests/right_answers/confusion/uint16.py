# confusion
import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), dtype=np.uint16)
    np.add.at(counts, (y, y_hat), 1)
    return counts
