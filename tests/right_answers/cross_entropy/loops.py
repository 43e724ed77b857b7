# cross_entropy
import math

import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        n, classes = scores.shape
        self.gradient = np.zeros((n, classes))
        total = 0.0
        for i in range(n):
            top = max(scores[i])
            exps = [math.exp(z - top) for z in scores[i]]
            total += math.log(sum(exps)) - (scores[i, y[i]] - top)
            for k in range(classes):
                self.gradient[i, k] = (exps[k] / sum(exps) - (k == y[i])) / n
        return float(total / n)

    def backward(self):
        return self.gradient
