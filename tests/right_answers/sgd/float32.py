# sgd
import numpy as np


class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self):
        for _, w, dw in self.net.parameters():
            w -= np.float32(self.lr) * dw.astype(np.float32)
