# minibatches: rng-ignored

import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng()
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], y[batch]
