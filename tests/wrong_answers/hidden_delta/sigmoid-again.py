# hidden_delta: sigmoid-again
import numpy as np


def hidden_delta(delta2, W2, a1):
    a = 1 / (1 + np.exp(-a1))
    slope = a * (1 - a)
    return (delta2 @ W2.T) * slope
