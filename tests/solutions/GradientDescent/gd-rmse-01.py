def rmse(y_hat, y):
    """y_hat (N,), y (N,) → the root of the mean of (ŷ − y)²"""
    r = y_hat - y
    return np.sqrt(np.mean(r**2))
