def two_layers(rng):
    """→ Net with one hidden layer"""
    return Net(Linear(784, 256, rng), ReLU(), Linear(256, 10, rng))
