# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    nudges = h * np.eye(w.size).reshape(w.size, *w.shape)
    return np.reshape([(f(w + n) - f(w - n)) / h / 2 for n in nudges], w.shape)
