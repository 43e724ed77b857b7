# sigmoid
import numpy as np


class Sigmoid:
    def forward(self, x):
        out = np.zeros(x.shape)
        positive = x >= 0
        out[positive] = 1 / (1 + np.exp(-x[positive]))
        out[~positive] = np.exp(x[~positive]) / (1 + np.exp(x[~positive]))
        self.a = out
        return out

    def backward(self, dout):
        return self.a * (1 - self.a) * dout
