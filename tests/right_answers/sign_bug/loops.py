# sign_bug
import math


def neuron_step(w, b, x, y, lr):
    dw, db = [0.0] * len(w), 0.0
    for row, target in zip(x, y, strict=True):
        net = b + sum(weight * value for weight, value in zip(w, row, strict=True))
        o = 1 / (1 + math.exp(-net))
        delta = 2 * (o - target) * o * (1 - o) / len(y)
        dw = [d + delta * value for d, value in zip(dw, row, strict=True)]
        db += delta
    return [weight - lr * d for weight, d in zip(w, dw, strict=True)], b - lr * db
