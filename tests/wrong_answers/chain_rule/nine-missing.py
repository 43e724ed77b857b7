# chain_rule: nine-missing
def dy_dx(x):
    z = x**5
    outer = 24 * z**2 + 2 * z
    inner = 5 * x**4
    return outer * inner
