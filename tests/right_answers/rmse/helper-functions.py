# rmse


def mse(y_hat, y):
    r = y_hat - y
    return r @ r / len(r)


def rmse(y_hat, y):
    return float(mse(y_hat, y) ** 0.5)
