# hidden_delta
import numpy as np


def hidden_delta(delta2, W2, a1):
    delta1 = np.zeros(a1.shape)
    for n in range(a1.shape[0]):
        for j in range(a1.shape[1]):
            for k in range(delta2.shape[1]):
                delta1[n, j] += delta2[n, k] * W2[j, k]
            delta1[n, j] *= a1[n, j] * (1 - a1[n, j])
    return delta1
