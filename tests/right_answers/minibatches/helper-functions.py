# minibatches
import numpy as np


def chunks(order, size):
    for start in range(0, len(order), size):
        yield order[start : start + size]


def minibatches(x, y, batch_size, rng):
    rng = np.random.default_rng(rng)
    order = rng.choice(len(x), size=len(x), replace=False)
    for rows in chunks(order, batch_size):
        yield np.take(x, rows, axis=0), np.take(y, rows, axis=0)
