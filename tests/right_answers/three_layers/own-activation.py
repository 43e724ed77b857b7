# three_layers
import numpy as np

from mlpkit import Linear, Net


class Softplus:
    def forward(self, x):
        self.x = x
        return np.logaddexp(0, x)

    def backward(self, dout):
        return dout * (1 + np.tanh(self.x / 2)) / 2


def three_layers(rng):
    linear = [Linear(784, 200, rng), Linear(200, 100, rng), Linear(100, 10, rng)]
    return Net(linear[0], Softplus(), linear[1], Softplus(), linear[2])
