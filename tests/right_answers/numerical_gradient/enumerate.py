# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    at = np.array(w, float)
    dw = np.zeros(at.shape)
    for place, value in np.ndenumerate(w):
        at[place] = value + h
        dw[place] = f(at)
        at[place] = value - h
        dw[place] = (dw[place] - f(at)) / (2 * h)
        at[place] = value
    return dw
