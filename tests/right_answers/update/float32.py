# update
import numpy as np


def update(w, b, dw, db, lr):
    w, dw = np.float32(w), np.float32(dw)
    return w - np.float32(lr) * dw, np.float32(b) - np.float32(lr * db)
