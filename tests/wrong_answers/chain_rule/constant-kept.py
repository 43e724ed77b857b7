# chain_rule: constant-kept
def dy_dx(x):
    z = x**5 + 9
    outer = 24 * z**2 + 2 * z + 5
    inner = 5 * x**4
    return outer * inner
