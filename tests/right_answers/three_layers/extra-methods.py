# three_layers
from mlpkit import Linear, Net, ReLU


class DigitNet(Net):
    def __call__(self, x):
        return self.forward(x)

    def size(self):
        return sum(value.size for _, value, _ in self.parameters())


def three_layers(rng):
    return DigitNet(
        Linear(784, 300, rng),
        ReLU(),
        Linear(300, 100, rng),
        ReLU(),
        Linear(100, 10, rng),
    )
