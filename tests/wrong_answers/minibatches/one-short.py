# minibatches: one-short

import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = rng.permutation(len(x) - 1)
    for start in range(0, len(order), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], y[batch]
