# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    pairs = list(zip(x, y, strict=True))
    order = np.random.default_rng(rng).permutation(len(pairs))
    for start in range(0, len(pairs), batch_size):
        xs, ys = zip(*(pairs[i] for i in order[start : start + batch_size]), strict=True)
        yield np.stack(xs), np.stack(ys)
