# chain_rule
import numpy as np


def dy_dx(x):
    x = np.float32(x)
    z = x**5 + np.float32(9)
    return (24 * z * z + 2 * z) * 5 * x**4
