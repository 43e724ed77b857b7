# confusion: counted-once

import numpy as np


def confusion(y, y_hat):
    counts = np.zeros((10, 10), dtype=int)
    counts[y, y_hat] += 1
    return counts
