# surface_gradient: length
import numpy as np


def surface_gradient(x, y):
    return np.sqrt((2 * x) ** 2 + (3 * y**2) ** 2)
