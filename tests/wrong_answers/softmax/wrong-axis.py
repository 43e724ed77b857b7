# softmax: wrong-axis
import numpy as np


def softmax(scores):
    exp = np.exp(scores - scores.max(axis=0))
    return exp / exp.sum(axis=0)
