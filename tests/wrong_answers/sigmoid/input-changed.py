# sigmoid: input-changed
import numpy as np


class Sigmoid:
    def forward(self, x):
        x *= 0.5
        self.a = 0.5 * (1 + np.tanh(x))
        return self.a

    def backward(self, dout):
        return dout * self.a * (1 - self.a)
