# two_layers
from mlpkit import Linear, Net, Tanh


def two_layers(rng):
    return Net(Linear(784, 256, rng), Tanh(), Linear(256, 10, rng))
