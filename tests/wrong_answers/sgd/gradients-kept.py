# sgd: gradients-kept
class SGD:
    def __init__(self, net, lr):
        self.parameters, self.lr = list(net.parameters()), lr

    def step(self):
        for _, value, gradient in self.parameters:
            value -= self.lr * gradient
