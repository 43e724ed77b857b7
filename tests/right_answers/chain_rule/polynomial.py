# chain_rule
from numpy.polynomial import Polynomial


def dy_dx(x):
    z = Polynomial([9, 0, 0, 0, 0, 1])
    y = 8 * z**3 + z**2 + 5
    return y.deriv()(x)
