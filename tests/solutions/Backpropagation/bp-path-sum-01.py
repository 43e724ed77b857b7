def path_sum(net222, x, y):
    """net222 with W1, b1, W2, b2; x (2,), y (2,) → dw11, the slope of the loss by W1[0, 0]"""
    a1 = 1 / (1 + np.exp(-(x @ net222.W1 + net222.b1)))
    y_hat = 1 / (1 + np.exp(-(a1 @ net222.W2 + net222.b2)))
    delta2 = 2 * (y_hat - y) / 2 * y_hat * (1 - y_hat)
    paths = delta2[0] * net222.W2[0, 0] + delta2[1] * net222.W2[0, 1]
    return paths * a1[0] * (1 - a1[0]) * x[0]
