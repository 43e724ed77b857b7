# sgd: accumulates


class SGD:
    def __init__(self, net, lr):
        self.net = net
        self.lr = lr
        self.sums = {}

    def step(self):
        for name, value, gradient in self.net.parameters():
            self.sums[name] = self.sums.get(name, 0) + gradient
            value -= self.lr * self.sums[name]
