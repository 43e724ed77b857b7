def one_layer(rng):
    """→ Net, 784 pixels to 10 scores"""
    return Net(Linear(784, 10, rng))
