# surface_gradient: other-not-constant


def surface_gradient(x, y):
    return 2 * x + y**3, x**2 + 3 * y**2
