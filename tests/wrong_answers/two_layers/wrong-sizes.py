# two_layers: wrong-sizes

from mlpkit import Linear, Net, ReLU


def two_layers(rng):
    return Net(Linear(784, 256, rng), ReLU(), Linear(784, 10, rng))
