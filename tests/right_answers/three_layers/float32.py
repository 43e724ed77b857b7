# three_layers
import numpy as np

from mlpkit import Linear, Net, ReLU


def three_layers(rng):
    layers = Linear(784, 300, rng), ReLU(), Linear(300, 100, rng), ReLU(), Linear(100, 10, rng)
    return Net(*layers).astype(np.float32)
