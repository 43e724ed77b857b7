# tanh: input-changed
import numpy as np


class Tanh:
    def forward(self, x):
        np.tanh(x, out=x)
        self.a = x.copy()
        return x

    def backward(self, dout):
        return dout * (1 - self.a**2)
