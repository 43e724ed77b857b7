# minibatches: with-replacement

import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = rng.integers(len(x), size=len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], y[batch]
