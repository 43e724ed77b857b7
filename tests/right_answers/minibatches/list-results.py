# minibatches
import math

import numpy as np


def minibatches(x, y, batch_size, rng):
    order = np.argsort(np.random.default_rng(rng).random(len(x)))
    for k in range(math.ceil(len(x) / batch_size)):
        rows = order[k * batch_size : (k + 1) * batch_size].tolist()
        yield [x[rows], y[rows]]
