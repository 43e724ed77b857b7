# sigmoid
import numpy as np


class Sigmoid:
    def forward(self, x):
        self._z = x
        return np.exp(-np.logaddexp(0, -x))

    def backward(self, dout):
        return dout / (2 * np.cosh(np.clip(self._z, -100, 100) / 2)) ** 2
