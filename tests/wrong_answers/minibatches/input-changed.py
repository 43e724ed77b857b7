# minibatches: input-changed

import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = rng.permutation(len(x))
    x[:] = x[order]
    y[:] = y[order]
    for start in range(0, len(x), batch_size):
        end = start + batch_size
        yield x[start:end], y[start:end]
