# hidden_delta
import numpy as np


def hidden_delta(delta2, W2, a1):
    return np.einsum("nk,jk,nj->nj", delta2, W2, a1 - a1**2)
