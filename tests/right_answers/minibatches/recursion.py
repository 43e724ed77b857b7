# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(x))

    def walk(rows):
        if len(rows):
            yield x[rows[:batch_size]], y[rows[:batch_size]]
            yield from walk(rows[batch_size:])

    yield from walk(order)
