# sgd
class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self):
        for triple in self.net.parameters():
            triple[1][:] = triple[1] - self.lr * triple[2]
