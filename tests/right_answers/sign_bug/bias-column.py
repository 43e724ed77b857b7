# sign_bug
import numpy as np


def neuron_step(w, b, x, y, lr):
    x = np.column_stack([x, np.ones(len(x))])
    both = np.append(w, b)
    o = 1 / (1 + np.exp(-(x @ both)))
    both = both - lr * x.T @ (2 * (o - y) * o * (1 - o)) / len(y)
    return both[:-1], both[-1]
