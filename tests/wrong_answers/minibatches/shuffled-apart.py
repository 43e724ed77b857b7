# minibatches: shuffled-apart

import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    x = x[rng.permutation(len(x))]
    y = y[rng.permutation(len(y))]
    for start in range(0, len(x), batch_size):
        end = start + batch_size
        yield x[start:end], y[start:end]
