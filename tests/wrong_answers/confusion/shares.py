# confusion: shares

import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), dtype=int)
    for true, predicted in zip(y, y_hat, strict=True):
        counts[true, predicted] += 1
    return counts / len(y)
