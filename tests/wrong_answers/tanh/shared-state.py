# tanh: shared-state
import numpy as np


class Tanh:
    def forward(self, x):
        Tanh.a = np.tanh(x)
        return Tanh.a

    def backward(self, dout):
        return dout * (1 - Tanh.a**2)
