# chain_rule
def outer(z):
    return 8 * 3 * z**2 + 2 * z


def inner(x):
    return 5 * x**4


def dy_dx(x):
    return outer(x**5 + 9) * inner(x)
