# surface_gradient: not-differentiated


def surface_gradient(x, y):
    dx = x**2
    dy = y**3
    return dx, dy
