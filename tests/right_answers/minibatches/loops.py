# minibatches
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = list(np.random.default_rng(rng).permutation(len(x)))
    while order:
        xs, ys = [], []
        while order and len(xs) < batch_size:
            i = order.pop(0)
            xs.append(x[i])
            ys.append(y[i])
        yield np.array(xs), np.array(ys)
