# three_layers
from itertools import pairwise

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    layers = []
    for n_in, n_out in pairwise([784, 300, 100, 10]):
        layers += [Linear(n_in, n_out, rng), ReLU()]
    layers.pop()
    return Net(*layers)
