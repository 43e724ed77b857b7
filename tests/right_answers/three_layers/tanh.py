# three_layers
from mlpkit import Linear, Net, Tanh


def three_layers(rng):
    return Net(Linear(784, 256, rng), Tanh(), Linear(256, 64, rng), Tanh(), Linear(64, 10, rng))
