# surface_gradient: wrong-sign


def surface_gradient(x, y):
    return -2 * x, -3 * y**2
