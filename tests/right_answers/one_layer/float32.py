# one_layer
import numpy as np

from mlpkit import Linear, Net


def one_layer(rng):
    return Net(Linear(784, 10, rng)).astype(np.float32)
