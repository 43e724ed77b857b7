# rmse


def rmse(y_hat, y):
    return ((y - y_hat) ** 2).mean() ** 0.5
