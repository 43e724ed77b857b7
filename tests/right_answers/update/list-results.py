# update
import numpy as np


def update(w, b, dw, db, lr):
    if np.ndim(w) == 0:
        return w - lr * dw, b - lr * db
    return [a - lr * g for a, g in zip(w, dw, strict=True)], b - lr * db
