# one_layer
from mlpkit import Linear, Net

PIXELS, DIGITS = 784, 10


def one_layer(rng):
    layers = [Linear(PIXELS, DIGITS, rng, scale=0.01)]
    return Net(*layers)
