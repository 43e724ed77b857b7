# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    if w.dtype.kind != "f":
        w = w.astype(float)
    dw = np.empty_like(w)
    for place in np.ndindex(w.shape):
        kept = w[place]
        w[place] = kept + h
        dw[place] = f(w)
        w[place] = kept - h
        dw[place] -= f(w)
        w[place] = kept
    return dw / (2 * h)
