# three_layers: equal-start

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    return Net(
        Linear(784, 300, rng, scale=0),
        ReLU(),
        Linear(300, 100, rng, scale=0),
        ReLU(),
        Linear(100, 10, rng, scale=0),
    )
