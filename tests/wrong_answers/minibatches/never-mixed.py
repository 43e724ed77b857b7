# minibatches: never-mixed
import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    for start in range(0, len(x), batch_size):
        rows = start + rng.permutation(min(batch_size, len(x) - start))
        yield x[rows], y[rows]
