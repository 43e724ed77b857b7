# sgd
class SGD:
    def __init__(self, net, lr):
        self.lr = lr
        self._model = net
        self._steps = 0

    def step(self):
        self._steps += 1
        for _name, value, gradient in self._model.parameters():
            value += -self.lr * gradient
