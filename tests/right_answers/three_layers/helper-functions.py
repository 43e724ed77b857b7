# three_layers
import numpy as np

from mlpkit import Linear, Net, ReLU


def block(n_in, n_out, rng):
    return [Linear(n_in, n_out, rng), ReLU()]


def three_layers(rng):
    rng = np.random.default_rng(rng)
    return Net(*block(784, 300, rng), *block(300, 100, rng), Linear(100, 10, rng))
