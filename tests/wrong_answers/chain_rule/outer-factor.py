# chain_rule: outer-factor
def dy_dx(x):
    z = x**5 + 9
    outer = 8 * z**2 + 2 * z
    inner = 5 * x**4
    return outer * inner
