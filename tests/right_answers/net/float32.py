# net
import numpy as np


class Net:
    def __init__(self, *layers):
        self.layers = list(layers)

    def forward(self, x):
        a = x.astype(np.float32)
        for layer in self.layers:
            a = layer.forward(a)
        return a

    def backward(self, dout):
        d = dout.astype(np.float32)
        for layer in self.layers[::-1]:
            d = layer.backward(d)
        return d

    def parameters(self):
        for i, layer in enumerate(self.layers):
            if hasattr(layer, "parameters"):
                for name, value, gradient in layer.parameters():
                    yield f"{name}{i + 1}", value, gradient

    def predict(self, x):
        return np.argmax(self.forward(x), axis=1)
