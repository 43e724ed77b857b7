def surface_gradient(x, y):
    """x, y: numbers or arrays of one shape → (dx, dy) of x² + y³"""
    return 2 * x, 3 * y**2
