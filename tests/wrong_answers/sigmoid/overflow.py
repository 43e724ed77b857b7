# sigmoid: overflow
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = np.exp(x) / (1 + np.exp(x))
        return self.a

    def backward(self, dout):
        return dout * self.a * (1 - self.a)
