"""The computational graph of a net with two layers: values run forward, gradients run backward.

    x -> Linear -> activation -> Linear -> softmax -> loss

All numbers come from a forward and a backward pass through real layers.
"""

import copy

import numpy as np
from matplotlib.patches import FancyBboxPatch
from matplotlib.textpath import TextPath

from ..layers import Linear, Softmax, Tanh
from ..losses import CrossEntropyLoss
from ..net import Net
from .picture import COLORS, GRAY, Picture, new_figure, style
from .words import check_digits, facts, number, sentence

FITS = 3  # a matrix with more rows or columns is shown by its shape
FORWARD, BACKWARD = COLORS["blue"], COLORS["orange"]
CAPTION = "Blue, above: values, computed forward. Orange, below: gradients, computed backward."
LICENSE = "mlpkit, MIT license"
SIZE = 8.5  # of the letters, in points
LINE = 0.155  # from line to line; this and all lengths below are in inches
GAP = 0.18  # between the neighbors of the main row
ROOM = 0.08  # between a text and the border of its box
CENTERED = {"ha": "center", "va": "center", "size": SIZE}


def graph(net=None, loss=None, x=None, y=None, title=None, digits=3):
    """Draw the graph of Net(Linear, activation, Linear), softmax and cross-entropy for one sample.

    x (features,) or (1, features), label y. Without arguments it shows a small example. Gradients
    are dQ for each quantity Q, named ∂ℒ/∂Q. The net is copied, so its own state stays as it is.
    """
    digits = check_digits(digits)
    if net is None:
        net, loss, x, y = example()
    quantities, activation, label = compute(net, loss or CrossEntropyLoss(), x, y)
    title = title or "Computational graph of a net with two layers"
    with style():
        figure = draw(cards(quantities, label, digits or 3), activation, title)
    operations = ["Linear", activation, "Linear", "softmax", "cross-entropy"]
    chain = f"x → {' → '.join(operations)} → ℒ, for one sample with label y = {label}."
    words = [quantity_facts(name, *pair, digits) for name, pair in quantities.items()]
    return Picture(figure, facts(sentence(title), chain, CAPTION, *words, f"{LICENSE}."))


def example():
    """Return a net of 2 inputs, 2 hidden units and 2 classes, a loss, a sample and its label."""
    net = Net(Linear(2, 2, rng=0), Tanh(), Linear(2, 2, rng=0))
    first, _, second = net.layers
    first.W[:], first.b[:] = [[0.5, -1.0], [1.5, 0.5]], [0.5, 0.0]
    second.W[:], second.b[:] = [[1.0, -1.0], [0.5, 2.0]], [0.0, 0.5]
    return net, CrossEntropyLoss(), np.array([1.0, -0.5]), 0


def compute(net, loss, x, y):
    """Return a dict of name -> (value, gradient or None), the activation's name, and the label."""
    layers = getattr(net, "layers", None)
    if layers is None or len(layers) != 3:
        raise ValueError(f"net: expected layers Linear, activation, Linear, got {net!r}")
    if x is None or y is None:
        raise ValueError("x, y: expected one sample and its label, got None")
    first, activation, second = copy.deepcopy(list(layers))
    x, y = np.asarray(x, dtype=float).reshape(1, -1), np.asarray(y).reshape(-1)
    if y.size != 1:
        raise ValueError(f"y: expected one label, got shape {y.shape}")
    loss, softmax = copy.deepcopy(loss), Softmax()
    z1 = first.forward(x)
    a1 = activation.forward(z1)
    z2 = second.forward(a1)
    p, value = softmax.forward(z2), loss.forward(z2, y)
    dz2 = loss.backward()
    da1 = second.backward(dz2)
    dz1 = activation.backward(da1)
    dx = first.backward(dz1)
    dp = np.zeros_like(p)
    dp[0, y[0]] = -1 / p[0, y[0]]  # of -log p_y: the loss itself goes from scores to dz2 directly
    (W1, dW1), (b1, db1) = parameters(first)
    (W2, dW2), (b2, db2) = parameters(second)
    quantities = {"x": (x, dx), "W₁": (W1, dW1), "b₁": (b1, db1), "z₁": (z1, dz1), "a₁": (a1, da1)}
    quantities |= {"W₂": (W2, dW2), "b₂": (b2, db2), "z₂": (z2, dz2), "p": (p, dp)}
    quantities |= {"ℒ": (np.array([[value]]), np.array([[1.0]]))}
    return quantities, type(activation).__name__.lower(), int(y[0])


def parameters(layer):
    """Return (value, gradient) of a layer's W and of its b, both as matrices."""
    try:
        W, dW, b, db = map(np.atleast_2d, (layer.W, layer.dW, layer.b, layer.db))
    except AttributeError:
        raise ValueError(f"net: expected Linear with W, b, dW, db, got {layer!r}") from None
    return (W, dW), (b, db)


def written(array, digits):
    """Write a matrix, one text per row, or its shape if it is large."""
    if max(array.shape) > FITS:
        return [f"shape {array.shape[0]} × {array.shape[1]}"]
    if array.size == 1:
        return [number(array.item(), digits)]
    return [f"[{', '.join(number(value, digits) for value in row)}]" for row in array]


def quantity_facts(name, value, gradient, digits):
    """Say the value and the gradient of one quantity."""
    if not digits:
        return f"{name}: shape {value.shape[0]} × {value.shape[1]}."
    value, gradient = (" ".join(written(array, digits)) for array in (value, gradient))
    return f"{name} = {value}; ∂ℒ/∂{name} = {gradient}."


class Card:
    """A quantity as a box: its name and value above a line, its gradient below it."""

    def __init__(self, name, value, gradient=()):
        self.above, self.below = [name, *value], list(gradient)
        if self.below:
            self.below.insert(0, f"∂ℒ/∂{name}")
        self.width = max(map(text_width, self.above + self.below)) + 2 * ROOM
        self.height = LINE * (len(self.above) + len(self.below)) + 1.2 * ROOM

    def draw(self, ax, x, y):
        """Draw the card around the point (x, y)."""
        draw_box(ax, x, y, self.width, self.height, "white")
        at = y + self.height / 2 - 0.6 * ROOM - LINE / 2
        colors = ["black"] + [FORWARD] * (len(self.above) - 1) + [BACKWARD] * len(self.below)
        for i, (line, color) in enumerate(zip(self.above + self.below, colors, strict=True)):
            weight = "bold" if i == 0 else "normal"
            ax.text(x, at - i * LINE, line, color=color, weight=weight, **CENTERED)
        if self.below:
            border = at - (len(self.above) - 0.5) * LINE
            half = self.width / 2 - 0.5 * ROOM
            ax.plot([x - half, x + half], [border, border], color="#BBBBBB", lw=0.6)


def cards(quantities, label, digits):
    """Return a Card per quantity, and one for the label."""
    made = {
        name: Card(name, written(value, digits), written(gradient, digits))
        for name, (value, gradient) in quantities.items()
    }
    return made | {"y": Card("y", [str(label)])}


def draw(made, activation, title):
    """Lay out the main row from left to right, parameters above it, and return the figure."""
    boxes = ["xW₁ + b₁", activation, "a₁W₂ + b₂", "softmax", "−log p[y]"]
    above = {0: ["W₁", "b₁"], 2: ["W₂", "b₂"], 4: ["y"]}
    row = ["x", "z₁", "a₁", "z₂", "p", "ℒ"]
    widths = [made[row[0]].width]
    for box, name in zip(boxes, row[1:], strict=True):
        widths += [text_width(box) + 2 * ROOM, made[name].width]
    lefts = np.cumsum([0, *widths]) + GAP * np.arange(len(widths) + 1)
    centers = lefts[:-1] + np.array(widths) / 2
    reach = [feeder_places(made, names, centers[2 * i + 1]) for i, names in above.items()]
    left = min(0, *(x - made[name].width / 2 for places in reach for name, x in places)) - GAP
    right = max(lefts[-1] - GAP, *(x + made[n].width / 2 for places in reach for n, x in places))
    tall = max(made[name].height for name in row)
    feeder = max(made[name].height for names in above.values() for name in names)
    top = tall / 2 + 0.45 + feeder
    figure, ax = canvas(left, right + GAP, -tall / 2 - 0.62, top + 0.42)
    for name, x in zip(row, centers[::2], strict=True):
        made[name].draw(ax, x, 0)
    for box, x, width in zip(boxes, centers[1::2], widths[1::2], strict=True):
        draw_box(ax, x, 0, width, 0.42, "#EEF3F7")
        ax.text(x, 0, box, **CENTERED)
    for i in range(len(widths) - 1):
        draw_edge(ax, (lefts[i + 1] - GAP, 0), (lefts[i + 1], 0))
    for i, places in zip(above, reach, strict=True):
        for name, x in places:
            made[name].draw(ax, x, top - made[name].height / 2)
            end = centers[2 * i + 1] + 0.3 * (x - centers[2 * i + 1])
            draw_edge(ax, (x, top - made[name].height), (end, 0.21), bool(made[name].below))
    middle, bottom = (left + right + GAP) / 2, -tall / 2
    ax.text(middle, top + 0.22, title, ha="center", va="center", size=11)
    ax.text(middle, bottom - 0.22, CAPTION, ha="center", va="center", color=GRAY, size=SIZE)
    ax.text(right, bottom - 0.47, LICENSE, ha="right", va="center", color=GRAY, size=7.5)
    return figure


def feeder_places(made, names, center):
    """Return (name, x) of the cards that stand side by side above center."""
    widths = [made[name].width for name in names]
    lefts = np.cumsum([0, *widths[:-1]]) + 0.15 * np.arange(len(names))
    start = center - (sum(widths) + 0.15 * (len(names) - 1)) / 2
    return [(n, start + a + w / 2) for n, a, w in zip(names, lefts, widths, strict=True)]


def canvas(left, right, bottom, top):
    """Return a figure and axes on which one unit is one inch."""
    figure = new_figure(right - left, top - bottom)
    figure.set_layout_engine("none")
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(left, right), ylim=(bottom, top))
    ax.axis("off")
    return figure, ax


def text_width(text):
    """Return the width of a text in inches."""
    return TextPath((0, 0), text, size=SIZE).get_extents().width / 72


def draw_box(ax, x, y, width, height, color):
    """Draw a box with round corners around the point (x, y)."""
    corner, style = (x - width / 2, y - height / 2), "round,pad=0,rounding_size=0.06"
    look = {"facecolor": color, "edgecolor": GRAY, "linewidth": 0.9}
    ax.add_patch(FancyBboxPatch(corner, width, height, boxstyle=style, **look))


def draw_edge(ax, start, end, gradient=True):
    """Draw an arrow forward and, unless the quantity has no gradient, one backward beside it."""
    start, end = np.array(start), np.array(end)
    across = np.array([end[1] - start[1], start[0] - end[0]]) / np.hypot(*(end - start))
    shift = -0.05 * across if gradient else 0
    arrow = {"arrowstyle": "-|>,head_length=0.3,head_width=0.15", "shrinkA": 1, "shrinkB": 1}
    ax.annotate("", end + shift, start + shift, arrowprops=arrow | {"color": FORWARD})
    if gradient:
        ax.annotate("", start - shift, end - shift, arrowprops=arrow | {"color": BACKWARD})
