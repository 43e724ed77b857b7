# tanh: list-returned
import numpy as np


class Tanh:
    def forward(self, x):
        self.a = np.tanh(x)
        return self.a.tolist()

    def backward(self, dout):
        return dout * (1 - self.a**2)
