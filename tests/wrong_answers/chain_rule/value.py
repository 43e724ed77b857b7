# chain_rule: value
def dy_dx(x):
    z = x**5 + 9
    return 8 * z**3 + z**2 + 5
