# surface_gradient: value


def surface_gradient(x, y):
    return x**2 + y**3
