# update
import numpy as np


def update(w, b, dw, db, lr):
    w, b = np.array(w, dtype=float), np.array(b, dtype=float)
    w -= lr * dw
    b -= lr * db
    return w, b
