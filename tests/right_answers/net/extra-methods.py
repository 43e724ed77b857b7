# net
class Net:
    def __init__(self, *layers):
        self.layers = list(layers)

    def __call__(self, x):
        return self.forward(x)

    def __len__(self):
        return len(self.layers)

    def __getitem__(self, index):
        return self.layers[index]

    def __repr__(self):
        return "Net(" + ", ".join(type(layer).__name__ for layer in self.layers) + ")"

    def forward(self, x):
        for layer in self:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self):
            dout = layer.backward(dout)
        return dout

    def learning(self):
        return [layer for layer in self if hasattr(layer, "parameters")]

    def parameters(self):
        for number, layer in enumerate(self.learning(), start=1):
            for name, value, gradient in layer.parameters():
                yield f"{name}{number}", value, gradient

    def zero_grad(self):
        for _, _, gradient in self.parameters():
            gradient[...] = 0

    def predict(self, x):
        return self(x).argmax(axis=1)
