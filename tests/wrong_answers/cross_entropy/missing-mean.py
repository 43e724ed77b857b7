# cross_entropy: missing-mean
import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        shifted = scores - scores.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        self.p, self.y = np.exp(log_p), y
        return -log_p[np.arange(len(y)), y].mean()

    def backward(self):
        one_hot = np.eye(self.p.shape[1])[self.y]
        return self.p - one_hot
