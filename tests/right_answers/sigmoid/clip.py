# sigmoid
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = 1 / (1 + np.exp(-np.clip(x, -500, 500)))
        return self.a

    def backward(self, dout):
        return dout * self.a * (1 - self.a)
