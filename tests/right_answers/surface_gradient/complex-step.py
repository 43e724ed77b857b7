# surface_gradient
import numpy as np

H = 1e-20


def surface_gradient(x, y):
    return np.imag((x + 1j * H) ** 2) / H, np.imag((y + 1j * H) ** 3) / H
