"""parts(net): the names of a net's layers and their arrays, which is all that leaves the course."""

from contextlib import suppress

import numpy as np

from ..layers import Linear, ReLU, Sigmoid, Softmax, Tanh
from ..losses import check
from .arrays import check_dtype

KINDS = {kind.__name__: kind for kind in (Linear, Tanh, ReLU, Sigmoid, Softmax)}
MOST_LAYERS = 1000


def parts(net):
    """Return [(name of the class, {"W": ..., "b": ...} or {})], an entry per layer of the net."""
    layers = list(getattr(net, "layers", []))
    check(0 < len(layers) <= MOST_LAYERS, "net", f"a net of 1 to {MOST_LAYERS} layers", repr(net))
    return [part(f"layer {number}", layer) for number, layer in enumerate(layers)]


def part(place, layer):
    """Return one entry of `parts`; raise ValueError if the file could not stand for the layer."""
    kind = type(layer).__name__
    names = ["W", "b"] if kind == "Linear" else []
    own = set()
    with suppress(AttributeError):  # your own may need dW, which is not there before a backward
        own = {name for name, *_ in getattr(layer, "parameters", list)()}
    known = f"one of {', '.join(KINDS)}, with no parameters but W and b of Linear"
    check(kind in KINDS and own <= {*names}, place, known, f"{kind} with {sorted(own) or 'none'}")
    arrays = {name: np.asarray(getattr(layer, name, None)) for name in names}
    for name, array in arrays.items():
        check_dtype(f"{name} of {place}", array.dtype.name)
    check_shapes(place, {name: array.shape for name, array in arrays.items()})
    return kind, arrays


def check_shapes(place, shapes):
    """Raise ValueError unless W is (n_in, n_out) and b (n_out,), none of them empty."""
    if shapes:
        ok = len(shapes["W"]) == 2 and shapes["b"] == shapes["W"][1:] and min(shapes["W"]) > 0
        check(ok, place, "W (n_in, n_out) and b (n_out,)", f"{shapes['W']} and {shapes['b']}")
