# numerical_gradient: half-step
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    dw = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        kept = w[place]
        w[place] = kept + h / 2
        above = f(w)
        w[place] = kept - h / 2
        below = f(w)
        w[place] = kept
        dw[place] = (above - below) / h
    return dw
