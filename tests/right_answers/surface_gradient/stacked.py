# surface_gradient
import numpy as np


def surface_gradient(x, y):
    return np.stack([np.multiply(2, x), np.multiply(3, np.square(y))])
