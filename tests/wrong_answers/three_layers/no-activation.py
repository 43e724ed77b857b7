# three_layers: no-activation

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    return Net(Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), Linear(100, 10, rng))
