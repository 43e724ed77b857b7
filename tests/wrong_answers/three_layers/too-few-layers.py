# three_layers: too-few-layers

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    return Net(Linear(784, 300, rng), ReLU(), Linear(300, 10, rng))
