def two_layers(rng):
    """rng → Net with one hidden layer, from (batch, 784) to (batch, 10)"""
    return Net(Linear(784, 256, rng), ReLU(), Linear(256, 10, rng))
