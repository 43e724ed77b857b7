def confusion(y, y_hat):
    """y (N,), y_hat (N,) → counts (10, 10), row true, column predicted"""
    counts = np.zeros((10, 10), dtype=int)
    for true, predicted in zip(y, y_hat, strict=True):
        counts[true, predicted] += 1
    return counts
