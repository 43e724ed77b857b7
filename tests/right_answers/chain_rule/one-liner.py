# chain_rule
def dy_dx(x):
    return 10 * x**4 * (x**5 + 9) * (12 * (x**5 + 9) + 1)
