# chain_rule: inner-missing
def dy_dx(x):
    z = x**5 + 9
    outer = 24 * z**2 + 2 * z
    return outer
