# confusion: only-diagonal
import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), dtype=int)
    for true, answer in zip(y, y_hat, strict=True):
        if true == answer:
            counts[true, answer] += 1
    return counts
