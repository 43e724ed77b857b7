# update
import numpy as np


def update(w, b, dw, db, lr):
    new = np.array(w, dtype=float)
    for at in np.ndindex(new.shape):
        new[at] -= lr * np.asarray(dw)[at]
    return new, b - lr * db
