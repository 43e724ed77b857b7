# surface_gradient
import numpy as np


def surface_gradient(x, y):
    x, y = np.float32(x), np.float32(y)
    return np.float32(2) * x, np.float32(3) * y**2
