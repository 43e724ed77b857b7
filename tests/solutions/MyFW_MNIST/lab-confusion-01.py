def confusion(y, y_hat):
    """y (N,), y_hat (N,) → counts (10, 10), row true, column predicted"""
    matrix = np.zeros((10, 10), dtype=int)
    for true, predicted in zip(y, y_hat, strict=True):
        matrix[true, predicted] += 1
    return matrix
