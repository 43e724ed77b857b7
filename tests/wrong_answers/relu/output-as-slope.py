# relu: output-as-slope
import numpy as np


class ReLU:
    def forward(self, x):
        self.a = np.maximum(x, 0)
        return self.a

    def backward(self, dout):
        return dout * self.a
