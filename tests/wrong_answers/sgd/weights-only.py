# sgd: weights-only


class SGD:
    def __init__(self, net, lr):
        self.net = net
        self.lr = lr

    def step(self):
        for name, value, gradient in self.net.parameters():
            if not name.startswith("b"):
                value -= self.lr * gradient
