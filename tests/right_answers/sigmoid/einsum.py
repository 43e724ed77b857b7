# sigmoid
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = 0.5 + 0.5 * np.tanh(0.5 * x)
        return self.a

    def backward(self, dout):
        return np.einsum("ij,ij,ij->ij", dout, self.a, 1 - self.a)
