# chain_rule: input-changed
import numpy as np


def dy_dx(x):
    x = np.asarray(x)
    inner = 5 * x**4
    x **= 5
    x += 9
    return (24 * x**2 + 2 * x) * inner
