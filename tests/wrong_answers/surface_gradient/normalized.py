# surface_gradient: normalized
import numpy as np


def surface_gradient(x, y):
    dx, dy = 2 * x, 3 * y**2
    length = np.sqrt(dx**2 + dy**2)
    return dx / length, dy / length
