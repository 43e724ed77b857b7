def neuron(w, b, x, y):
    """w (2,), b, x (2,), y → (loss, dw (2,), db)"""
    o = 1 / (1 + np.exp(-(w @ x + b)))
    delta = 2 * (o - y) * o * (1 - o)
    return (o - y) ** 2, delta * x, delta
