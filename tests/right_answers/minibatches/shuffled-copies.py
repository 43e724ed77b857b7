# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(x.shape[0])
    x, y = x[order], y[order]
    start = 0
    while start < x.shape[0]:
        yield x[start : start + batch_size], y[start : start + batch_size]
        start += batch_size
