# sigmoid: chain-rule-forgotten
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = 0.5 * (1 + np.tanh(0.5 * x))
        return self.a

    def backward(self, dout):
        return self.a * (1 - self.a)
