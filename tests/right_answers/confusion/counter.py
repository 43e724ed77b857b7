# confusion
from collections import Counter

import numpy as np


def confusion(y, y_hat):
    pairs = Counter(zip(y.tolist(), y_hat.tolist(), strict=True))
    return np.array([[pairs[i, j] for j in range(10)] for i in range(10)])
