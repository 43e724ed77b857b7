# sigmoid: slope-at-z
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.z = x
        return 1 / (1 + np.exp(-x))

    def backward(self, dout):
        return dout * self.z * (1 - self.z)
