# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(y))
    return ((x[i], y[i]) for i in np.split(order, range(batch_size, len(y), batch_size)))
