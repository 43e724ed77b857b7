# chain_rule: inner-factor
def dy_dx(x):
    z = x**5 + 9
    outer = 24 * z**2 + 2 * z
    inner = x**4
    return outer * inner
