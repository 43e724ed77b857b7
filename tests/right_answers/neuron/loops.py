# neuron
import math


def neuron(w, b, x, y):
    net = b
    for w_i, x_i in zip(w, x, strict=True):
        net += w_i * x_i
    o = 1 / (1 + math.exp(-net))
    slope = 2 * (o - y) * o * (1 - o)
    return (o - y) ** 2, [slope * x_i for x_i in x], slope
