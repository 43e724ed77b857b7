# two_layers
import numpy as np

from mlpkit import Linear, Net, ReLU


def two_layers(rng):
    net = Net(Linear(784, 256, rng), ReLU(), Linear(256, 10, rng))
    net.astype(np.float32)
    return net
