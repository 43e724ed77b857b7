# two_layers
from mlpkit import Linear, Net, Sigmoid


def two_layers(rng):
    hidden = 200
    return Net(Linear(784, hidden, rng), Sigmoid(), Linear(hidden, 10, rng))
