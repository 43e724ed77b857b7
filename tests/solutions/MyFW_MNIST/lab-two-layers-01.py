def two_layers(rng):
    """rng → an untrained Net with a hidden layer"""
    return Net(Linear(784, 100, rng), ReLU(), Linear(100, 10, rng))
