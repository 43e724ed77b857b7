# hidden_delta
import numpy as np


def hidden_delta(delta2, W2, a1):
    return np.array([(W2 @ d) * a * (1 - a) for d, a in zip(delta2, a1, strict=True)])
