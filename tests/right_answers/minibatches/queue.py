# minibatches
from collections import deque

import numpy as np


def minibatches(x, y, batch_size, rng):
    waiting = deque(np.random.default_rng(rng).permutation(len(x)))
    while waiting:
        rows = [waiting.popleft() for _ in range(min(batch_size, len(waiting)))]
        yield x[rows], y[rows]
