# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    table = np.column_stack([x, y])
    np.random.default_rng(rng).shuffle(table)
    for start in range(0, len(x), batch_size):
        rows = table[start : start + batch_size]
        yield rows[:, :-1], rows[:, -1].astype(y.dtype)
