def neuron_step(w, b, x, y, lr):
    """w (features,), b, x (N, features), y (N,) → (w, b) after one step downhill"""
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (o - y) * o * (1 - o) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
