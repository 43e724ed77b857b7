# sgd
def move(w, dw, lr):
    w -= lr * dw


class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self):
        _, values, gradients = zip(*self.net.parameters(), strict=True)
        for w, dw in zip(values, gradients, strict=True):
            move(w, dw, self.lr)
