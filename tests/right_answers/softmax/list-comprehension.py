# softmax
import numpy as np


def softmax(scores):
    def one(z):
        e = np.exp(np.array(z) - max(z))
        return e / sum(e)

    return np.array([one(z) for z in scores.tolist()])
