# two_layers
import numpy as np

from mlpkit import Linear, Net, ReLU


def two_layers(rng):
    first, second = np.random.default_rng(rng).spawn(2)
    return Net(Linear(784, 128, first), ReLU(), Linear(128, 10, second))
