# chain_rule: outer-at-x
def dy_dx(x):
    outer = 24 * x**2 + 2 * x
    inner = 5 * x**4
    return outer * inner
