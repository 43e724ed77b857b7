def three_layers(rng):
    """rng → an untrained Net with two hidden layers"""
    return Net(Linear(784, 100, rng), ReLU(), Linear(100, 50, rng), ReLU(), Linear(50, 10, rng))
