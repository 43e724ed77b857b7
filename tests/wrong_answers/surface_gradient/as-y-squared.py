# surface_gradient: as-y-squared


def surface_gradient(x, y):
    return 2 * x, 2 * y
