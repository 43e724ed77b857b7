def three_layers(rng):
    """→ Net with two hidden layers"""
    return Net(Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), ReLU(), Linear(100, 10, rng))
