# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    w = w.astype(np.float64)
    dw = np.zeros_like(w)
    walk = np.nditer(w, flags=["multi_index"])
    for _ in walk:
        nudge = np.zeros_like(w)
        nudge[walk.multi_index] = h
        dw[walk.multi_index] = 0.5 * (f(w + nudge) - f(w - nudge)) / h
    return dw
