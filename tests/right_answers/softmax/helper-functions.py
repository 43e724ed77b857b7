# softmax
import numpy as np


def softmax_of_row(z):
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def softmax(scores):
    return np.apply_along_axis(softmax_of_row, 1, scores)
