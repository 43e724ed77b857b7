# numerical_gradient
import numpy as np


def numerical_gradient(f, w, h=1e-5):
    if np.ndim(w) == 0:
        return (f(w + h) - f(w - h)) / (2 * h)
    rows = []
    for i in range(len(w)):

        def with_row(row, i=i):
            changed = np.array(w, dtype=float)
            changed[i] = row
            return f(changed)

        rows.append(numerical_gradient(with_row, w[i], h))
    return np.array(rows)
