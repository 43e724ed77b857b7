# cross_entropy
import numpy as np


def log_softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def one_hot(y, classes):
    rows = np.zeros((len(y), classes))
    rows[np.arange(len(y)), y] = 1
    return rows


class CrossEntropyLoss:
    def forward(self, scores, y):
        self.log_p = log_softmax(scores)
        self.target = one_hot(y, scores.shape[1])
        return -float(np.sum(self.target * self.log_p)) / len(y)

    def backward(self):
        return (np.exp(self.log_p) - self.target) / self.target.shape[0]
