# surface_gradient: input-changed


def surface_gradient(x, y):
    x *= 2
    y **= 2
    y *= 3
    return x, y
