def confusion(y, y_hat):
    """y (N,), y_hat (N,) → counts (10, 10): row, the digit; column, the answer"""
    counts = np.zeros((10, 10), dtype=int)
    for digit, answer in zip(y, y_hat):
        counts[digit, answer] += 1
    return counts
