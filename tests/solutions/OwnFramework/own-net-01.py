class Net:
    def __init__(self, *layers):
        """Net(Linear(2, 8), Tanh(), Linear(8, 3))"""
        self.layers = list(layers)

    def forward(self, x):
        """x (N, n_in) → scores (N, n_out)"""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        """dout (N, n_out) → dx (N, n_in)"""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def parameters(self):
        """yields (name, value, gradient) of all layers"""
        learning = [layer for layer in self.layers if hasattr(layer, "parameters")]
        for number, layer in enumerate(learning, start=1):
            for name, value, gradient in layer.parameters():
                yield f"{name}{number}", value, gradient

    def predict(self, x):
        """x (N, n_in) → labels (N,)"""
        return self.forward(x).argmax(axis=1)
