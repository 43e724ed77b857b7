# rmse
import math

import numpy as np


def rmse(y_hat, y):
    return np.linalg.norm(y - y_hat) / math.sqrt(len(y))
