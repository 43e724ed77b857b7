"""The computational graph of a net with its loss, for one sample: a node for each layer.

All numbers come from the layers' own forward and backward; the formulas beside them are what
layers of these names should compute.
"""

import copy
from typing import NamedTuple

import numpy as np

from ..i18n import N_, _
from ..layers import Softmax
from ..losses import numbers
from .nodes import MOST, Graph, Node, Pull, Run, plain, shown

FITS = 3  # a matrix with more rows or columns is shown by its shape


class Known(NamedTuple):
    """A layer or loss of a known name: what it computes, and how it goes back."""

    words: str
    back: str
    box: str = ""  # its lines


LAYERS = {
    "Linear": Known("{x}{W} + {b}", "δ {W}ᵀ"),
    "Tanh": Known("tanh({x})", "δ ⊙ (1 − {y}²)"),
    "ReLU": Known("max(0, {x})", "δ ⊙ [{x} > 0]"),
    "Sigmoid": Known("sigmoid({x})", "δ ⊙ {y}(1 − {y})"),
    "Softmax": Known("softmax({x})", "{y} ⊙ (δ − δ {y}ᵀ)"),
}
PARAMETERS = {"W": "{x}ᵀ δ", "b": "δ"}  # of Linear
LOSSES = {
    "CrossEntropyLoss": Known("−log softmax({x})[y]", "p − y", N_("softmax and\ncross-entropy")),
    "LogisticLoss": Known(N_("cross-entropy of sigmoid({x})"), "sigmoid({x}) − y"),
    "SquaredLoss": Known("({x} − y)²", "2({x} − y)"),
    "AbsoluteLoss": Known("|{x} − y|", "sign({x} − y)"),
}


def net_graph(net, loss, x, y):
    """Return (Graph, Run) of a net for one sample: x (features,) or (1, features), y its target.

    Net and loss are copied, so their own state stays as it is.
    """
    layers = getattr(net, "layers", None)
    if not layers or len(layers) > MOST:
        raise ValueError(f"net: expected 1 to {MOST} layers, got {net!r}")
    if isinstance(loss, type) or not hasattr(loss, "backward"):
        raise TypeError(f"loss: expected an object such as CrossEntropyLoss(), got {loss!r:.60}")
    x, y = sample(x, y)
    layers, loss = copy.deepcopy(list(layers)), copy.deepcopy(loss)
    with np.errstate(all="ignore"):  # what is not finite is shown and said
        outs, value, backs = passes(layers, loss, x, y)
    learned = [parameters(layer) for layer in layers]
    names = quantity_names(layers, learned)
    made = Maker()
    last = made.add(Node("input", "x", ("x",)), x, backs[0])
    for k, layer in enumerate(layers):
        last = made.layer(layer, learned[k], last, names[k], outs[k + 1], backs[k : k + 2])
    made.loss(loss, last, y, value, backs[-1], outs[-1])
    return Graph(made.nodes, scalar=False), Run(*made.table, made.notes)


def sample(x, y):
    """Return x as (1, features), and y as (1,) if it is a label or (1, outputs) if it is not."""
    if x is None or y is None:
        raise ValueError("x, y: expected one sample and its label or target, got None")
    x = numbers("x", np.atleast_1d(x), kinds="fiub").astype(float).reshape(1, -1)
    y = numbers("y", np.atleast_1d(y), kinds="fiub")
    if y.dtype.kind in "iu" and y.size == 1:
        return x, y.reshape(1)
    return x, y.astype(float).reshape(1, -1)


def passes(layers, loss, x, y):
    """Go forward and backward: the output of each layer, the loss, the gradient of each output."""
    outs = [x]
    for layer in layers:
        outs.append(array_of(layer, "forward", layer.forward(outs[-1])))
    value = float(loss.forward(outs[-1], y))
    backs = [array_of(loss, "backward", loss.backward())]
    for layer in reversed(layers):
        backs.append(array_of(layer, "backward", layer.backward(backs[-1])))
    return outs, value, backs[::-1]


def array_of(layer, method, result):
    """Return what a layer has returned as an array (1, outputs) of its own, or raise ValueError."""
    if np.asarray(result).dtype.kind not in "fiub":
        name = type(layer).__name__
        raise ValueError(f"{name}.{method}: expected an array of numbers, got {result!r:.60}")
    return np.atleast_2d(np.array(result, dtype=float))


def parameters(layer):
    """A list of (name, value, gradient) of what a layer has learned to change."""
    if hasattr(layer, "parameters"):
        return list(layer.parameters())
    own = [name for name in ("W", "b") if hasattr(layer, name) and hasattr(layer, f"d{name}")]
    return [(name, getattr(layer, name), getattr(layer, f"d{name}")) for name in own]


def quantity_names(layers, learned):
    """z₁ for what comes out of the first layer that learns, a₁ behind a bend, p behind softmax."""
    names, count = [], 0
    for layer, own in zip(layers, learned, strict=True):
        count += bool(own)
        letter = "z" if own else "p" if type(layer).__name__ == "Softmax" else "a"
        name = letter if letter == "p" or not count else shown(f"{letter}{count}")
        while name in names:
            name += "′"
        names.append(name)
    return names


class Maker:
    """Collects nodes and their numbers."""

    def __init__(self):
        self.nodes, self.table, self.notes, self.learning = [], ([], [], []), {}, 0

    def add(self, node, value, gradient, pulls=()):
        """Append a node; return its number."""
        self.nodes.append(node)
        for column, entry in zip(self.table, (value, gradient, pulls), strict=True):
            column.append(entry)
        return len(self.nodes) - 1

    def layer(self, layer, own, last, name, out, gradients):
        """Append a layer, and what it learns before it; gradients are those of its two ends."""
        self.learning += bool(own)
        names = {n: shown(f"{n}{self.learning}") for n, _value, _gradient in own}
        letters = names | {"x": self.nodes[last].name, "y": name}
        kind = type(layer).__name__
        known = LAYERS.get(kind) if (kind == "Linear") == (set(names) == set("Wb")) else None
        inputs, pulls = [last], [Pull(filled(known, "back", letters), None, gradients[0])]
        for n, value, gradient in own:
            value, gradient = np.atleast_2d(value), np.atleast_2d(gradient)
            back = PARAMETERS[n].format(**letters) if known else "backward(δ)"
            inputs.append(self.add(Node("parameter", names[n], (names[n],)), value, gradient))
            pulls.append(Pull(back, None, gradient))
        words = filled(known, "words", letters) or f"{kind}({letters['x']})"
        box = (kind, words) if own and known else (kind,)
        node = Node("operation", name, box, words, tuple(inputs))
        return self.add(node, out, gradients[1], tuple(pulls))

    def loss(self, loss, last, y, value, gradient, scores):
        """Append the label and the loss."""
        kind, letters = type(loss).__name__, {"x": self.nodes[last].name}
        known = LOSSES.get(kind)
        label = self.add(Node("label", "y", ("y",)), np.atleast_2d(y), None)
        words = filled(known, "words", letters) or f"{kind}({letters['x']}, y)"
        box = _(known.box) if known and known.box else kind
        node = Node("operation", "ℒ", tuple(box.split("\n")), words, (last, label))
        pulls = Pull(filled(known, "back", letters), None, gradient), Pull("", None, None)
        i = self.add(node, np.array([[value]]), np.array([[1.0]]), pulls)
        if kind == "CrossEntropyLoss" and scores.shape[1] <= FITS:
            self.notes[i] = "p", Softmax().forward(scores)


def filled(known, what, letters):
    """A formula of a known layer; for others that they go back by themselves."""
    if known:
        return _(getattr(known, what), **letters)
    return "backward(δ)" if what == "back" else ""


def written(value, digits):
    """Write a number or matrix, one text per row, or its shape if it is large."""
    if np.ndim(value) == 0 or value.size == 1:
        return [plain(np.asarray(value).item(), digits)]
    if max(value.shape) > FITS:
        rows, columns = value.shape
        return [_("shape {rows} × {columns}", rows=rows, columns=columns)]
    return [f"[{', '.join(plain(v, digits) for v in row)}]" for row in value]
