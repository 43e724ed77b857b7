# sgd: rate-hidden
class SGD:
    def __init__(self, net, lr):
        self.net, self.rate = net, lr

    def step(self):
        for _, value, gradient in self.net.parameters():
            value -= self.rate * gradient
