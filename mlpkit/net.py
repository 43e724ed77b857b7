"""A net is a list of layers: forward through all of them, backward through all in reverse."""

import numpy as np

from .losses import check, labels


class Net:
    """Layers in a row, each an object with forward, backward and, if it learns, parameters."""

    def __init__(self, *layers):
        bad = [x for x in layers if isinstance(x, type) or not hasattr(x, "backward")]
        check(layers and not bad, "layers", "objects such as Linear(2, 8), Tanh()", bad)
        self.layers = list(layers)

    def forward(self, x):
        """Return the output (batch, n_out) of the last layer for x (batch, n_in)."""
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        """Take dout (batch, n_out) back to dx (batch, n_in): the chain rule, one link a layer."""
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout

    def gradients(self, dout):
        """Go backward, but spare the costly dx of the first layer, which training does not need."""
        for layer in reversed(self.layers[1:]):
            dout = layer.backward(dout)
        getattr(self.layers[0], "gradients", self.layers[0].backward)(dout)

    def parameters(self):
        """Yield (name, value, gradient): W1, b1 of the first layer that learns, then W2, b2, ..."""
        own = [list(getattr(layer, "parameters", list)()) for layer in self.layers]
        for number, triples in enumerate(filter(None, own), start=1):
            yield from ((f"{name}{number}", value, gradient) for name, value, gradient in triples)

    def predict(self, x, values=False):
        """Return a label (batch,) for each row of x, or with values=True the output itself."""
        return self.forward(x) if values else labels(self.forward(x))

    def astype(self, dtype):
        """Turn all parameters into dtype (np.float32 halves memory and time); return the net."""
        check(np.issubdtype(dtype, np.floating), "dtype", "a floating-point type", dtype)
        for own in [getattr(layer, "__dict__", {}) for layer in self.layers]:
            own.update({k: v.astype(dtype) for k, v in own.items() if hasattr(v, "astype")})
        return self

    def __repr__(self):
        return f"Net({', '.join(map(repr, self.layers))})"
