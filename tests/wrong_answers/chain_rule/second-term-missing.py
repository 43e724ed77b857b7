# chain_rule: second-term-missing
def dy_dx(x):
    z = x**5 + 9
    outer = 24 * z**2
    inner = 5 * x**4
    return outer * inner
