# minibatches: rows-repeat
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(x))
    for start in range(len(x)):
        rows = order[start : start + batch_size]
        yield x[rows], y[rows]
