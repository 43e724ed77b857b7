# three_layers
from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    layers = [Linear(64, 10, rng)]
    layers[:0] = [Linear(128, 64, rng), ReLU()]
    layers[:0] = [Linear(784, 128, rng), ReLU()]
    return Net(*layers)
