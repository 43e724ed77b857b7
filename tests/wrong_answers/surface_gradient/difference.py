# surface_gradient: difference


def surface(x, y):
    return x**2 + y**3


def surface_gradient(x, y):
    h = 0.1
    dx = (surface(x + h, y) - surface(x, y)) / h
    dy = (surface(x, y + h) - surface(x, y)) / h
    return dx, dy
