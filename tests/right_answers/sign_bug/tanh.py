# sign_bug
import numpy as np


def neuron_step(w, b, x, y, lr):
    half = np.tanh((x @ w + b) / 2)
    delta = (0.5 + 0.5 * half - y) * (1 - half**2) / 2
    return w - lr * np.mean(delta[:, None] * x, axis=0), b - lr * np.mean(delta)
