# two_layers: no-activation

from mlpkit import Linear, Net


def two_layers(rng):
    return Net(Linear(784, 256, rng), Linear(256, 10, rng))
