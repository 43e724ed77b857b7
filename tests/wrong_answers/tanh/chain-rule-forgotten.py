# tanh: chain-rule-forgotten
import numpy as np


class Tanh:
    def forward(self, x):
        self.a = np.tanh(x)
        return self.a

    def backward(self, dout):
        return 1 - self.a**2
