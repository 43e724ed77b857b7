# cross_entropy: probabilities-expected
import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        self.p, self.y = scores, y
        return -np.log(scores[np.arange(len(y)), y]).mean()

    def backward(self):
        one_hot = np.eye(self.p.shape[1])[self.y]
        return (self.p - one_hot) / len(self.y)
