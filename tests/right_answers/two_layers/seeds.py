# two_layers
import numpy as np

from mlpkit import Linear, Net, ReLU


def two_layers(rng):
    seeds = np.random.default_rng(rng).integers(1_000_000, size=2)
    net = Net(Linear(784, 256, int(seeds[0])), ReLU(), Linear(256, 10, int(seeds[1])))
    return net
