# sigmoid: list-returned
import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = (1 + np.tanh(x / 2)) / 2
        return self.a

    def backward(self, dout):
        return [d * a * (1 - a) for d, a in zip(dout, self.a, strict=True)]
