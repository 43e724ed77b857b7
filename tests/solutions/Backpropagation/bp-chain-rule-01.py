def dy_dx(x):
    """x, a number or an array → dy/dx"""
    z = x**5 + 9
    return (24 * z**2 + 2 * z) * 5 * x**4
