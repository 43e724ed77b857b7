# softmax
import numpy as np


def softmax(scores):
    shifted = np.clip(scores - scores.max(axis=1, keepdims=True), -700, 0)
    return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
