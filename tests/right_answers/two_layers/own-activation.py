# two_layers
import numpy as np

from mlpkit import Linear, Net


class LeakyReLU:
    def forward(self, x):
        self.slope = np.where(x > 0, 1, 0.01)
        return x * self.slope

    def backward(self, dout):
        return dout * self.slope


def two_layers(rng):
    return Net(Linear(784, 256, rng), LeakyReLU(), Linear(256, 10, rng))
