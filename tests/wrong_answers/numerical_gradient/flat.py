# numerical_gradient: flat
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    dw = []
    for place in np.ndindex(w.shape):
        nudge = np.zeros(w.shape)
        nudge[place] = h
        dw.append((f(w + nudge) - f(w - nudge)) / (2 * h))
    return np.array(dw)
