# hidden_delta: slope-at-z
import numpy as np


def hidden_delta(delta2, W2, a1):
    z = np.log(a1 / (1 - a1))
    slope = z * (1 - z)
    return (delta2 @ W2.T) * slope
