# one_layer: too-many-layers

from mlpkit import Linear, Net, ReLU


def one_layer(rng):
    return Net(Linear(784, 256, rng), ReLU(), Linear(256, 10, rng))
