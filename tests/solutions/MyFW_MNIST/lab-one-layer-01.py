def one_layer(rng):
    """rng → Net, from (batch, 784) to (batch, 10)"""
    return Net(Linear(784, 10, rng))
