# chain_rule
import numpy as np


def dy_dx(x):
    x = np.asarray(x)
    slopes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        z = x[place] ** 5 + 9
        slopes[place] = (3 * 8 * z**2 + 2 * z) * 5 * x[place] ** 4
    return slopes
