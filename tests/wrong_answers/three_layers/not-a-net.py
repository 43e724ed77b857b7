# three_layers: not-a-net

from mlpkit import Linear, ReLU


def three_layers(rng):
    return [Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), ReLU(), Linear(100, 10, rng)]
