# chain_rule: numbers-only
import math


def dy_dx(x):
    z = math.pow(x, 5) + 9
    return (24 * math.pow(z, 2) + 2 * z) * 5 * math.pow(x, 4)
