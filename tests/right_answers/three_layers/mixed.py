# three_layers
from mlpkit import Linear, Net, ReLU, Tanh


def three_layers(rng):
    first = Linear(784, 200, rng)
    second = Linear(200, 100, rng)
    third = Linear(100, 10, rng)
    return Net(first, ReLU(), second, Tanh(), third)
