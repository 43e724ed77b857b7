# relu: shared-state
import numpy as np


class ReLU:
    def forward(self, x):
        ReLU.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (ReLU.x > 0)
