# surface_gradient


def surface_gradient(x, y):
    h = 1e-5
    dx = ((x + h) ** 2 - (x - h) ** 2) / (2 * h)
    dy = ((y + h) ** 3 - (y - h) ** 3) / (2 * h)
    return dx, dy
