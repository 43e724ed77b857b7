# cross_entropy
import numpy as np


class CrossEntropyLoss:
    def __init__(self):
        self._labels = None
        self._scores = None

    def forward(self, scores, y):
        self._labels, self._scores = y, scores
        log_sum = np.logaddexp.reduce(scores, axis=1)
        right = np.take_along_axis(scores, y[:, None], axis=1)[:, 0]
        return float(np.mean(log_sum - right))

    def backward(self):
        z, y = self._scores, self._labels
        p = np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True))
        return (p - (np.arange(z.shape[1]) == y[:, None])) / len(y)
