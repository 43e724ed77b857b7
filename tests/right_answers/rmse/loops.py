# rmse
import math


def rmse(y_hat, y):
    total = 0.0
    for guess, target in zip(y_hat, y, strict=True):
        total += (guess - target) ** 2
    return math.sqrt(total / len(y))
