# sgd
class SGD:
    def __init__(self, net, lr):
        self.net, self.lr = net, lr

    def step(self):
        triples = list(self.net.parameters())
        moves = {name: self.lr * gradient for name, _, gradient in triples}
        for name, value, _ in triples:
            value[...] -= moves[name]
