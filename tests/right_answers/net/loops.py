# net
class Net:
    def __init__(self, *layers):
        self.layers = []
        for layer in layers:
            self.layers.append(layer)

    def forward(self, x):
        for i in range(len(self.layers)):
            x = self.layers[i].forward(x)
        return x

    def backward(self, dout):
        for i in range(len(self.layers) - 1, -1, -1):
            dout = self.layers[i].backward(dout)
        return dout

    def parameters(self):
        number = 0
        for layer in self.layers:
            if hasattr(layer, "parameters"):
                found = list(layer.parameters())
                if found:
                    number += 1
                for name, value, gradient in found:
                    yield name + str(number), value, gradient

    def predict(self, x):
        scores = self.forward(x)
        labels = []
        for row in scores:
            best = 0
            for k in range(len(row)):
                if row[k] > row[best]:
                    best = k
            labels.append(best)
        return labels
