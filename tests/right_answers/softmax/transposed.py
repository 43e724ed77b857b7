# softmax
import numpy as np


def softmax(scores):
    z = scores.T - scores.T.max(axis=0)
    z = np.exp(z)
    z /= z.sum(axis=0)
    return z.T
