# tanh
import numpy as np


class Tanh:
    def forward(self, x):
        self.a = np.tanh(x)
        return self.a

    def backward(self, dout):
        return dout - np.einsum("ij,ij,ij->ij", dout, self.a, self.a)
