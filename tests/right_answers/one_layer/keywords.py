# one_layer
from mlpkit import Linear, Net


def one_layer(rng):
    return Net(Linear(n_in=28 * 28, n_out=10, rng=rng))
