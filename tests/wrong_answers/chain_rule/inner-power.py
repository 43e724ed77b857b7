# chain_rule: inner-power
def dy_dx(x):
    z = x**5 + 9
    outer = 24 * z**2 + 2 * z
    inner = 5 * x**5
    return outer * inner
