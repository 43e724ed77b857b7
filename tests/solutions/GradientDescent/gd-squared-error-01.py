def squared_error(y_hat, y):
    """y_hat (N,), y (N,) → (loss, dy_hat), dy_hat (N,)"""
    r = y_hat - y
    return np.mean(r**2), 2 * r / len(r)
