# numerical_gradient: row-nudged
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    dw = np.zeros(w.shape)
    for place in range(len(w)):
        kept = w[place].copy()
        w[place] = kept + h
        above = f(w)
        w[place] = kept - h
        below = f(w)
        w[place] = kept
        dw[place] = (above - below) / (2 * h)
    return dw
