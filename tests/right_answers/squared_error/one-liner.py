# squared_error


def squared_error(y_hat, y):
    return ((y_hat - y) ** 2).mean(), 2 * (y_hat - y) / y.shape[0]
