# confusion: wrong-shape

import numpy as np


def confusion(y, y_hat):
    n = max(y.max(), y_hat.max()) + 1
    counts = np.zeros((n, n), dtype=int)
    for true, predicted in zip(y, y_hat, strict=True):
        counts[true, predicted] += 1
    return counts
