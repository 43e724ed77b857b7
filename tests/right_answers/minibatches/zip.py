# minibatches
from itertools import batched

import numpy as np


def minibatches(x, y, batch_size, rng):
    pairs = list(zip(x, y, strict=True))
    order = np.random.default_rng(rng).permutation(len(pairs))
    for rows in batched(order, batch_size):
        xs, ys = zip(*(pairs[i] for i in rows), strict=True)
        yield np.stack(xs), np.stack(ys)
