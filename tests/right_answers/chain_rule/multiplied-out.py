# chain_rule
def dy_dx(x):
    return 120 * x**14 + 2170 * x**9 + 9810 * x**4
