# three_layers: shared-layer
import numpy as np

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    rng = np.random.default_rng(rng)
    relu = ReLU()
    first, second, third = Linear(784, 200, rng), Linear(200, 200, rng), Linear(200, 10, rng)
    return Net(first, relu, second, relu, third)
