# numerical_gradient: wrong-sign
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    dw = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        kept = w[place]
        w[place] = kept + h
        above = f(w)
        w[place] = kept - h
        below = f(w)
        w[place] = kept
        dw[place] = (below - above) / (2 * h)
    return dw
