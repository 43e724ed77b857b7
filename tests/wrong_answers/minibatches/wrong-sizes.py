# minibatches: wrong-sizes
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(x))
    for rows in np.array_split(order, max(1, len(x) // batch_size)):
        yield x[rows], y[rows]
