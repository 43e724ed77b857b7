# surface_gradient: swapped


def surface_gradient(x, y):
    dx = 2 * x
    dy = 3 * y**2
    return dy, dx
