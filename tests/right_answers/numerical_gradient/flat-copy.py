# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    flat = np.asarray(w, dtype=float).ravel()
    dw = []
    for i in range(flat.size):
        up, down = flat.copy(), flat.copy()
        up[i] += h
        down[i] -= h
        dw.append((f(up.reshape(w.shape)) - f(down.reshape(w.shape))) / (2 * h))
    return np.array(dw).reshape(w.shape)
