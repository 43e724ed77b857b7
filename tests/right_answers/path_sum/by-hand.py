# path_sum
from math import exp


def path_sum(net222, x, y):
    (w11, w12), (w21, w22) = net222.W1
    (v11, v12), (v21, v22) = net222.W2
    h1 = 1 / (1 + exp(-(w11 * x[0] + w21 * x[1] + net222.b1[0])))
    h2 = 1 / (1 + exp(-(w12 * x[0] + w22 * x[1] + net222.b1[1])))
    o1 = 1 / (1 + exp(-(v11 * h1 + v21 * h2 + net222.b2[0])))
    o2 = 1 / (1 + exp(-(v12 * h1 + v22 * h2 + net222.b2[1])))
    first = (o1 - y[0]) * o1 * (1 - o1) * v11 * h1 * (1 - h1) * x[0]
    second = (o2 - y[1]) * o2 * (1 - o2) * v12 * h1 * (1 - h1) * x[0]
    return first + second
