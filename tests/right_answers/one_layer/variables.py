# one_layer
from mlpkit import Linear, Net


def one_layer(rng):
    layer = Linear(784, 10, rng)
    net = Net(layer)
    return net
