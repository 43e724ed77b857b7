# softmax
import numpy as np


def softmax(scores):
    scores = scores.copy().astype(float)
    scores -= scores.max(axis=1)[:, None]
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1).reshape(-1, 1)
    return scores
