# confusion
import numpy as np


def confusion(y, y_hat):
    counts, _, _ = np.histogram2d(y, y_hat, bins=10, range=[[-0.5, 9.5], [-0.5, 9.5]])
    return counts.astype(int)
