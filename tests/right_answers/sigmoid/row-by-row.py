# sigmoid
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = np.array([(1 + np.tanh(row / 2)) / 2 for row in x])
        return self.a

    def backward(self, dout):
        return np.array([d * a * (1 - a) for d, a in zip(dout, self.a, strict=True)])
