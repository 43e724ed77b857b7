# relu
import numpy as np


class ReLU:
    def __init__(self):
        self._slope = None

    def forward(self, x):
        self._slope = np.heaviside(x, 0)
        return (np.abs(x) + x) / 2

    def backward(self, dout):
        return self._slope * dout
