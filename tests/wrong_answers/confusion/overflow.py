# confusion: overflow
import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), dtype=np.uint8)
    for true, predicted in zip(y, y_hat, strict=True):
        counts[true, predicted] += 1
    return counts
