# chain_rule: brackets
def dy_dx(x):
    z = x**5 + 9
    return 24 * z**2 + 2 * z * 5 * x**4
