# sgd
import numpy as np


class SGD:
    def __init__(self, net, lr):
        self.net = net
        self.lr = lr

    def step(self):
        for _, value, gradient in self.net.parameters():
            for index in np.ndindex(value.shape):
                value[index] = value[index] - self.lr * gradient[index]
