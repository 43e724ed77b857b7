# surface_gradient: second-derivative


def surface_gradient(x, y):
    return 2 * x, 6 * y
