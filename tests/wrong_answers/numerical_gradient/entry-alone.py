# numerical_gradient: entry-alone
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    dw = np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        dw[place] = (f(w[place] + h) - f(w[place] - h)) / (2 * h)
    return dw
