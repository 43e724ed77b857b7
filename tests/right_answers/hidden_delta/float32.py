# hidden_delta
import numpy as np


def hidden_delta(delta2, W2, a1):
    a = a1.astype(np.float32)
    return delta2.astype(np.float32) @ W2.astype(np.float32).T * a * (1 - a)
