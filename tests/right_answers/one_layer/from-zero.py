# one_layer
from mlpkit import Linear, Net


def one_layer(rng):
    net = Net(Linear(784, 10, rng))
    net.layers[0].W[:] = 0
    return net
