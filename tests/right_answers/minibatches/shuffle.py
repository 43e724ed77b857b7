# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    index = np.arange(len(x))
    rng.shuffle(index)
    for i in range(0, len(index), batch_size):
        yield x[index[i : i + batch_size]], y[index[i : i + batch_size]]
