# sgd
class SGD:
    def __init__(self, net, lr=0.1):
        self.net, self.lr = net, lr

    def zero_grad(self):
        for _, _, gradient in self.net.parameters():
            gradient[...] = 0

    def step(self):
        for _, value, gradient in self.net.parameters():
            value -= self.lr * gradient
        return self

    def __repr__(self):
        return f"SGD(lr={self.lr})"
