# relu
import numpy as np


class ReLU:
    def forward(self, x):
        self.on = (x > 0).astype(float)
        return np.einsum("ij,ij->ij", x, self.on)

    def backward(self, dout):
        return np.einsum("ij,ij->ij", dout, self.on)
