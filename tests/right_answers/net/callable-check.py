# net
class Net:
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def parameters(self):
        for number, layer in enumerate(self.layers):
            if callable(getattr(layer, "parameters", None)):
                for name, value, gradient in layer.parameters():
                    yield f"{name}{number}", value, gradient

    def predict(self, x):
        return self.forward(x).argmax(axis=1)
