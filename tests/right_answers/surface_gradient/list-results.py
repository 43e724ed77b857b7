# surface_gradient


def surface_gradient(x, y):
    dx = x + x
    dy = y * y + y * y + y * y
    return [dx, dy]
