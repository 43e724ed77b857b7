# cross_entropy: not-shifted
import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        exp = np.exp(scores)
        self.p, self.y = exp / exp.sum(axis=1, keepdims=True), y
        return -np.log(self.p[np.arange(len(y)), y]).mean()

    def backward(self):
        d = self.p.copy()
        d[np.arange(len(self.y)), self.y] -= 1
        return d / len(self.y)
