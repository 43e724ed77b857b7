# two_layers
from mlpkit import Linear, Net, ReLU


def two_layers(rng):
    sizes, layers = [784, 300, 10], []
    for i in range(2):
        layers.append(Linear(sizes[i], sizes[i + 1], rng))
        if i == 0:
            layers.append(ReLU())
    return Net(*layers)
