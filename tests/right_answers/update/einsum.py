# update
import numpy as np


def update(w, b, dw, db, lr):
    return w + np.einsum("...,->...", dw, -lr), np.add(b, -lr * db)
