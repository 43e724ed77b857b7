# one_layer: wrong-sizes

from mlpkit import Linear, Net


def one_layer(rng):
    return Net(Linear(10, 784, rng))
