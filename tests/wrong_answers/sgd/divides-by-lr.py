# sgd: divides-by-lr
class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self):
        for _, value, gradient in self.net.parameters():
            value -= gradient / self.lr
