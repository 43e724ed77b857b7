# numerical_gradient: input-changed
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    dw = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        w[place] += h
        above = f(w)
        w[place] -= 2 * h
        below = f(w)
        w[place] += h
        dw[place] = (above - below) / (2 * h)
    return dw
