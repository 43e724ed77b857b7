class SGD:
    def __init__(self, net, lr):
        """net has parameters(); lr > 0 is the learning rate"""
        self.net, self.lr = net, lr

    def step(self):
        """w ← w − lr · dw for every parameter, in place"""
        for _, value, gradient in self.net.parameters():
            value -= self.lr * gradient
