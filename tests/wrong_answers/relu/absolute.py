# relu: absolute
import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        return np.abs(x)

    def backward(self, dout):
        return dout * np.sign(self.x)
