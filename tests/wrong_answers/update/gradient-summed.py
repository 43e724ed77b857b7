# update: gradient-summed
import numpy as np


def update(w, b, dw, db, lr):
    return w - lr * np.sum(dw), b - lr * db
