# minibatches
from itertools import islice

import numpy as np


def minibatches(x, y, batch_size, rng):
    pairs = list(zip(x, y, strict=True))
    order = iter(np.random.default_rng(rng).permutation(len(pairs)))
    while rows := list(islice(order, batch_size)):
        xs, ys = zip(*(pairs[i] for i in rows), strict=True)
        yield np.stack(xs), np.stack(ys)
