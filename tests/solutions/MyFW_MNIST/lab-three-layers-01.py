def three_layers(rng):
    """rng → Net with two hidden layers, from (batch, 784) to (batch, 10)"""
    return Net(Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), ReLU(), Linear(100, 10, rng))
