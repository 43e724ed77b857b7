# two_layers
from mlpkit import Linear, Net, Tanh


def dense(n_in, n_out, rng):
    return Linear(n_in, n_out, rng, scale=(2 / (n_in + n_out)) ** 0.5)


def two_layers(rng):
    first = dense(784, 256, rng)
    second = dense(256, 10, rng)
    return Net(first, Tanh(), second)
