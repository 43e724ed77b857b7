# softmax: integer-truncates
import numpy as np


def softmax(scores):
    p = np.zeros_like(scores)
    for i, row in enumerate(scores):
        exp = np.exp(row - row.max())
        p[i] = exp / exp.sum()
    return p
