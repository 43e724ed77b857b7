# softmax
import math

import numpy as np


def softmax(scores):
    p = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        top = max(row)
        e = [math.exp(z - top) for z in row]
        for k in range(len(row)):
            p[i, k] = e[k] / sum(e)
    return p
