# sgd: gradient-changed


class SGD:
    def __init__(self, net, lr):
        self.net = net
        self.lr = lr

    def step(self):
        for _, value, gradient in self.net.parameters():
            gradient *= self.lr
            value -= gradient
