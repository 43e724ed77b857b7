# cross_entropy
import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        self.one_hot = np.eye(scores.shape[1])[y]
        z = scores - scores.max(axis=1, keepdims=True)
        self.log_p = z - np.log(np.einsum("nk->n", np.exp(z)))[:, None]
        return float(-np.einsum("nk,nk->", self.one_hot, self.log_p) / len(y))

    def backward(self):
        return (np.exp(self.log_p) - self.one_hot) / len(self.log_p)
