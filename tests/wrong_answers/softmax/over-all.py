# softmax: over-all
import numpy as np


def softmax(scores):
    exp = np.exp(scores - np.max(scores))
    return exp / np.sum(exp)
