# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = rng.permutation(len(x))
    for start in batch_size * rng.permutation(len(x) // batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], y[rows]
    if left := len(x) % batch_size:
        rows = order[-left:]
        yield x[rows], y[rows]
