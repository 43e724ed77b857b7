"""The net of 2 inputs, 2 hidden units and 2 outputs: one weight, and two paths to the loss.

`trace` computes what the picture shows, `path_sum` is the learner's own. Layers are written as
⁽¹⁾ and ⁽²⁾, because plain text has no raised square brackets.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from ..data import net222
from ..i18n import N_, _
from ..layers import Sigmoid
from ..plots.picture import COLORS, DARK_ORANGE, GRAY, new_figure, style
from ..plots.words import facts, number, sentence
from .lettering import Lettering
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

FACTORS = 5  # on a path from the loss to w₁₁
H = 1e-5
WEIGHTS = tuple(round(0.1 * i, 1) for i in range(-20, 21))
TARGETS = tuple(round(0.05 * i, 2) for i in range(21))
RATES = tuple(0.5 * i for i in range(21))
BOTH, FIRST, SECOND = "both", "first", "second"
LIT = {BOTH: (0, 1), FIRST: (0,), SECOND: (1,)}
LOOKS = ((COLORS["blue"], "-", 0.05), (COLORS["orange"], (0, (3, 1.2)), -0.05))
INKS = COLORS["blue"], DARK_ORANGE  # of what is written beside them
FORMULAS = (
    ("∂L/∂ŷ₁ = ŷ₁ − y₁", "× ŷ₁(1 − ŷ₁)", "× w₁₁⁽²⁾", "× a₁⁽¹⁾(1 − a₁⁽¹⁾)", "× x₁"),
    ("∂L/∂ŷ₂ = ŷ₂ − y₂", "× ŷ₂(1 − ŷ₂)", "× w₁₂⁽²⁾", "× a₁⁽¹⁾(1 − a₁⁽¹⁾)", "× x₁"),
)
DIGITS = "₁₂"

# Places in inches, from the lower left corner.
SIZE = 9.4, 5.2
ROWS = 4.25, 2.75  # of the units 1 and 2
COLUMNS = {"x": 0.55, "net1": 2.85, "a1": 4.1, "net2": 6.25, "out": 7.45}
LOSS = 8.75, 3.5
HALF = 0.42, 0.23  # of the box of a unit: its width and height
TABLE = 1.85  # its first line
CELLS = 2.7, 3.8, 4.75, 5.9, 6.9, 8.4


class Trace(NamedTuple):
    """All numbers of the picture; factors (2, 5): of the path through ŷ_k, from the loss on."""

    net1: np.ndarray
    a1: np.ndarray
    net2: np.ndarray
    out: np.ndarray
    loss: float
    factors: np.ndarray
    numeric: float  # the central difference

    def products(self, step=FACTORS):
        """The products (2,) of the first `step` factors of each path."""
        return np.prod(self.factors[:, :step], axis=1)


def forward(net, x):
    """Return net⁽¹⁾, a⁽¹⁾, net⁽²⁾ and ŷ, each (2,)."""
    net1 = x @ net.W1 + net.b1
    a1 = Sigmoid().forward(net1)
    net2 = a1 @ net.W2 + net.b2
    return net1, a1, net2, Sigmoid().forward(net2)


def loss_of(net, x, y):
    """The mean over the two outputs of (y − ŷ)²."""
    return float(np.mean((y - forward(net, x)[-1]) ** 2))


def with_w11(net, w11):
    """A copy of the net in which w₁₁⁽¹⁾ is another number."""
    copy = type(net)(*(part.copy() for part in net))
    copy.W1[0, 0] = w11
    return copy


def trace(net, x, y):
    """Return the Trace of one sample x (2,), y (2,)."""
    net1, a1, net2, out = forward(net, x)
    # 2 from the square and 1/2 from the mean over two outputs: together 1.
    own = [out - y, out * (1 - out), net.W2[0]]
    shared = [np.full(2, a1[0] * (1 - a1[0])), np.full(2, x[0])]
    w11 = net.W1[0, 0]
    rise = loss_of(with_w11(net, w11 + H), x, y) - loss_of(with_w11(net, w11 - H), x, y)
    factors = np.array([*own, *shared]).T
    return Trace(net1, a1, net2, out, loss_of(net, x, y), factors, rise / (2 * H))


def reference_path_sum(net, x, y):
    """∂L/∂w₁₁⁽¹⁾ with the factors that both paths share taken out."""
    _net1, a1, _net2, out = forward(net, x)
    return np.sum((out - y) * out * (1 - out) * net.W2[0]) * a1[0] * (1 - a1[0]) * x[0]


def as_number(value):
    """The learner's result as a float, or None if it is no single number."""
    try:
        return float(value) if np.ndim(value) == 0 else None
    except (TypeError, ValueError):
        return None


def equal(own, numeric):
    """Whether they agree in 6 digits, or to 10 decimals where the gradient is nearly 0."""
    return bool(np.isclose(own, numeric, rtol=1e-6, atol=1e-10))


def signed(value):
    """A factor as it stands in a product: negative ones in brackets."""
    text = number(value, 4)
    return f"({text})" if text.startswith("-") else text


def product_text(values):
    """Write numbers as a product."""
    first, *rest = values
    return " × ".join([number(first, 4), *map(signed, rest)])


class Paths(Explorer):
    """The explorer: the drawing of the net, and the table of both products below it."""

    title = N_("Two paths from the loss to one weight")
    choices = (
        Choice(
            "path",
            N_("path"),
            (BOTH, FIRST, SECOND),
            BOTH,
            (N_("both paths"), N_("through ŷ₁"), N_("through ŷ₂")),
            "choice",
        ),
        Choice(
            "step",
            N_("factors multiplied so far"),
            tuple(range(FACTORS + 1)),
            FACTORS,
            (
                N_("0: only forward"),
                N_("1: the loss"),
                N_("2: the sigmoid of the output"),
                N_("3: the weight of layer 2"),
                N_("4: the sigmoid of the hidden unit"),
                N_("5: the input, all factors"),
            ),
        ),
        Choice("w11", N_("weight w₁₁⁽¹⁾"), WEIGHTS, 0.4),
        Choice("y1", N_("target y₁"), TARGETS, 0.9),
        Choice("lr", N_("learning rate η"), RATES, 0.5),
    )

    def __init__(self, path_sum=reference_path_sum):
        self.path_sum = path_sum
        self.net, self.x, self.y = net222()
        with style():
            self.figure = new_figure(*SIZE)
            self.ax = self.figure.add_axes((0, 0, 1, 1))
            self.ax.set(xlim=(0, SIZE[0]), ylim=(0, SIZE[1]))
            self.ax.set_axis_off()
            self.figure.set_layout_engine("none")
            self.draw_net()
            self.units = self.make_units()
            self.weights = self.make_weights()
            self.lit = [self.make_path(k) for k in (0, 1)]
            self.labels = self.make_labels()
            self.table = self.make_table()
            lines = [line for path in self.lit for line in path]
            texts = [*self.units.values(), *self.weights.values(), *self.labels.values()]
            moving = [*lines, *texts, self.common, *self.table.values()]
            self.live = LivePicture(self.figure, moving)
        super().__init__()

    # --- What stays, and the artists that move

    def write(self, x, y, text="", **how):
        """A text around (x, y)."""
        return self.ax.add_artist(Lettering(x, y, text, **{"fontsize": 9} | how))

    def wire(self, start, end):
        """An edge of the net from place to place."""
        arrow = {"arrowstyle": "-|>", "color": "#999999", "lw": 0.9, "shrinkA": 0, "shrinkB": 0}
        self.ax.annotate("", end, start, arrowprops=arrow, zorder=1)

    def draw_net(self):
        """Draw boxes, edges, headings and biases."""
        for name, column in COLUMNS.items():
            for i, row in enumerate(ROWS):
                self.box(column, row, *HALF, "#EAF4FB" if name in ("a1", "out") else "white")
                if name in ("net1", "net2"):
                    layer, biases = ("⁽¹⁾", self.net.b1) if name == "net1" else ("⁽²⁾", self.net.b2)
                    bias = f"+ b{DIGITS[i]}{layer} = {number(biases[i], 4)}"
                    inside = row + (-0.36, 0.36)[i]
                    self.write(column, inside, bias, fontsize=8, color=GRAY)
        self.box(*LOSS, 0.5, 0.42, "#FFF6E5")
        for i, start in enumerate(ROWS):
            for left, right in (("x", "net1"), ("a1", "net2")):
                for end in ROWS:
                    self.wire(*self.ends(left, start, right, end))
            for left, right in (("net1", "a1"), ("net2", "out")):
                self.wire(*self.ends(left, start, right, start))
            self.wire((COLUMNS["out"] + HALF[0], start), self.loss_end(i))
        for place, name in (
            (COLUMNS["x"], _("inputs")),
            ((COLUMNS["net1"] + COLUMNS["a1"]) / 2, _("layer 1 (hidden)")),
            ((COLUMNS["net2"] + COLUMNS["out"]) / 2, _("layer 2 (outputs)")),
            (LOSS[0], _("loss")),
        ):
            self.write(place, SIZE[1] - 0.17, name, weight="bold")

    def box(self, x, y, half_width, half_height, color):
        """A box around (x, y)."""
        corner = x - half_width, y - half_height
        size = 2 * half_width, 2 * half_height
        self.ax.add_patch(Rectangle(corner, *size, fc=color, ec="black", lw=0.9, zorder=2))

    def ends(self, left, start, right, end):
        """Where an edge leaves the box of one column and comes to that of another."""
        return (COLUMNS[left] + HALF[0], start), (COLUMNS[right] - HALF[0], end)

    def loss_end(self, i):
        """Where the edge from ŷ of output i comes to the loss."""
        return LOSS[0] - 0.5, LOSS[1] + (0.2, -0.2)[i]

    def make_units(self):
        """The texts in the boxes."""
        units = {(c, i): self.write(COLUMNS[c], ROWS[i]) for c in COLUMNS for i in (0, 1)}
        return units | {"loss": self.write(*LOSS)}

    def make_weights(self):
        """The weights on their edges: those that cross stand before the crossing."""
        weights = {}
        for layer, (left, right) in enumerate((("x", "net1"), ("a1", "net2"))):
            for i in (0, 1):
                for j in (0, 1):
                    start, end = np.array(self.ends(left, ROWS[i], right, ROWS[j]))
                    x, y = start + (0.5 if i == j else 0.3) * (end - start)
                    weights[layer, i, j] = self.write(x, y, ground="white", fontsize=8.5)
        goal = weights[0, 0, 0]
        goal.set_weight("bold")
        self.box(*goal.get_position(), 0.48, 0.13, "white")
        return weights

    def make_path(self, k):
        """The parts of a path that light up, from the loss to w₁₁⁽¹⁾, with an arrowhead each."""
        color, dashes, shift = LOOKS[k]
        out, top = ROWS[k], ROWS[0]
        lift = np.array([0, shift])
        places = [
            (self.loss_end(k), (COLUMNS["out"] + HALF[0], out)),
            self.ends("net2", out, "out", out)[::-1],
            self.ends("a1", top, "net2", out)[::-1],
            np.array(self.ends("net1", top, "a1", top)[::-1]) + lift,
            (
                np.array([COLUMNS["net1"] - HALF[0], top]) + lift,
                np.array([COLUMNS["net1"] - HALF[0] - 0.27, top]) + lift,
            ),
        ]
        parts = []
        for i, (start, end) in enumerate(places):
            way = np.subtract(end, start)
            turn = np.degrees(np.arctan2(way[1], way[0])) - 90
            parts += self.ax.plot(*np.transpose([start, end]), color=color, ls=dashes, lw=2.6)
            head = np.add(start, (0.2 if i == 2 else 0.62) * way)  # where no label hides it
            parts += self.ax.plot(*head, marker=(3, 0, turn), color=color, ms=9)
        return parts

    def make_labels(self):
        """The factors beside the edges: place (path, factor); both paths share the last two."""
        middle_out = (COLUMNS["net2"] + COLUMNS["out"]) / 2
        middle_in = (COLUMNS["net1"] + COLUMNS["a1"]) / 2
        places = {
            (0, 0): (LOSS[0] - 0.06, ROWS[0] + 0.3),
            (1, 0): (LOSS[0] - 0.06, ROWS[1] - 0.3),
            (0, 1): (middle_out, ROWS[0] + 0.47),
            (1, 1): (middle_out, ROWS[1] - 0.47),
            3: (middle_in, ROWS[0] + 0.47),
            4: (1.7, ROWS[0] + 0.47),
        }
        return {key: self.write(*place, fontsize=8.5) for key, place in places.items()}

    def make_table(self):
        """The products below the net: a row for each path, and the lines below them."""
        for x, text in zip(
            CELLS,
            ("∂L/∂ŷ", "× ŷ(1 − ŷ)", "× w⁽²⁾", "× a₁⁽¹⁾(1 − a₁⁽¹⁾)", "× x₁", _("= product so far")),
            strict=True,
        ):
            self.write(x, TABLE, text, weight="bold", fontsize=8.5)
        table = {}
        for k, name in enumerate((_("path 1, through ŷ₁"), _("path 2, through ŷ₂"))):
            y = TABLE - 0.27 * (k + 1)
            color, dashes, _shift = LOOKS[k]
            self.ax.plot([0.15, 0.6], [y, y], color=color, ls=dashes, lw=2.6)
            self.write(0.7, y, name, ha="left", weight="bold", color=INKS[k])
            table |= {(k, i): self.write(x, y) for i, x in enumerate(CELLS)}
        corner, height = (CELLS[3] - 0.5, TABLE - 0.68), 0.55
        width = CELLS[4] - CELLS[3] + 0.88
        self.common = Rectangle(corner, width, height, fc="none", ec=GRAY, lw=1, ls=":")
        self.ax.add_patch(self.common)
        for i, name in enumerate(("sum", "shared", "own", "new")):
            table[name] = self.write(0.15, TABLE - 0.27 * (i + 3) - 0.06, ha="left")
        table["sum"].set_weight("bold")
        note = _("⁽¹⁾ and ⁽²⁾ name the layer, as [1] and [2] in the text;")
        note += "\n" + _("w₁₂ leads from unit 1 to unit 2.")
        place = SIZE[0] - 0.15, TABLE - 1.0
        self.write(*place, note, ha="right", fontsize=8, color=GRAY)
        return table

    # --- A look

    def unused(self, step, **values):
        return [] if step == FACTORS else ["lr"]

    def look(self, path, step, w11, y1, lr):
        """Compute, light up the paths as far as the step, and say the numbers."""
        net, y = with_w11(self.net, w11), np.array([y1, self.y[1]])
        now = trace(net, self.x, y)
        own = self.own_number(net, y) if step == FACTORS else None
        self.show_net(net, y, now)
        self.show_paths(now, LIT[path], step)
        lines = self.result(net, y, now, path, step, own, lr)
        for name, line in zip(("sum", "shared", "own", "new"), lines, strict=True):
            self.table[name].set_text(line)
        self.live.facts = self.words(net, y, now, path, step, lines)
        return self.live

    def own_number(self, net, y):
        """What the learner's path_sum returns for copies of everything, or None."""
        copy = with_w11(net, net.W1[0, 0])
        return as_number(self.path_sum(copy, self.x.copy(), y.copy()))

    def show_net(self, net, y, now):
        """Write the values into the boxes and the weights on the edges."""
        columns = {"x": self.x, "net1": now.net1, "a1": now.a1, "net2": now.net2, "out": now.out}
        names = {
            "x": "x{i}",
            "net1": "net{i}⁽¹⁾",
            "a1": "a{i}⁽¹⁾",
            "net2": "net{i}⁽²⁾",
            "out": "ŷ{i}",
        }
        for column, values in columns.items():
            for i in (0, 1):
                name = names[column].format(i=DIGITS[i])
                self.units[column, i].set_text(f"{name}\n{number(values[i], 4)}")
        targets = "\n".join(f"y{DIGITS[i]} = {number(y[i], 4)}" for i in (0, 1))
        self.units["loss"].set_text(f"L = {number(now.loss, 4)}\n{targets}")
        for (layer, i, j), text in self.weights.items():
            value = (net.W1, net.W2)[layer][i, j]
            name = f"w{DIGITS[i]}{DIGITS[j]}{('⁽¹⁾', '⁽²⁾')[layer]}"
            text.set_text(f"{name} = {number(value, 4)}")

    def show_paths(self, now, lit, step):
        """Light up the first `step` edges of the paths `lit`, with their factors."""
        for k in (0, 1):
            for i, part in enumerate(self.lit[k]):
                part.set_visible(k in lit and i // 2 < step)
            for i in range(FACTORS):
                value = now.factors[k, i]
                shown = k in lit and i < step
                text = number(value, 4) if i == 0 else f"× {signed(value)}"
                self.table[k, i].set_text(text if shown else "")
                self.show_factor(k, i, text, shown)
            so_far = f"= {number(now.products(step)[k], 4)}" if k in lit and step else ""
            self.table[k, FACTORS].set_text(so_far)
        for i in (3, 4):
            self.labels[i].set_text(
                f"{FORMULAS[0][i]}\n× {signed(now.factors[0, i])}" if i < step else ""
            )
        self.common.set_visible(step == FACTORS and len(lit) == 2)

    def show_factor(self, k, i, text, shown):
        """Write a factor of one path beside its edge, or on it if it is a weight."""
        color = INKS[k]
        if i == 2:
            weight = self.weights[1, 0, k]
            weight.set(color=color if shown else "black", weight="bold" if shown else "normal")
            if shown:
                weight.set_text(f"{FORMULAS[k][i]}\n{text}")
        elif i < 2:
            label = self.labels[k, i]
            equals = "= " if i == 0 else ""
            label.set(color=color, text=f"{FORMULAS[k][i]}\n{equals}{text}" if shown else "")

    # --- The same in words

    def result(self, net, y, now, path, step, own, lr):
        """Four lines: the sum, the common factors, the learner's number, the new weight."""
        if step < FACTORS:
            left = FACTORS - step
            return (_("Factors still missing on each path: {n}.", n=left), "", "", "")
        one, two = now.products()
        if path == BOTH:
            values = {"one": number(one, 4), "two": signed(two), "sum": number(one + two, 4)}
            total = _("Sum: ∂L/∂w₁₁⁽¹⁾ = {one} + {two} = {sum}", **values)
            apart = now.products(3)
            sums = {"one": number(apart[0], 4), "two": signed(apart[1])}
            ends = {"slope": number(now.factors[0, 3], 4), "x": number(self.x[0], 4)}
            text = _("Common factors taken out: ({one} + {two}) × {slope} × {x}", **sums, **ends)
            shared = f"{text} = {number(one + two, 4)}"
        else:
            alone = number(now.products()[LIT[path][0]], 4)
            total = _("This path alone is {part}: not yet ∂L/∂w₁₁⁽¹⁾.", part=alone)
            shared = _("w₁₁⁽¹⁾ also moves the loss by the other path: add both.")
        return total, shared, self.own_line(now, own), self.new_line(net, y, now, own, lr)

    def own_line(self, now, own):
        """The learner's number beside the central difference, with a verdict."""
        numeric = number(now.numeric, 4)
        if own is None:
            return _("Your path_sum returns no single number; central difference: {n}", n=numeric)
        verdict = _("equal to 6 digits") if equal(own, now.numeric) else _("NOT equal")
        return _(
            "Your path_sum: {own}; central difference with h = 1e-5: {n} → {verdict}",
            own=number(own, 4),
            n=numeric,
            verdict=verdict,
        )

    def new_line(self, net, y, now, own, lr):
        """The step down the learner's gradient, and what it does to the loss."""
        if own is None or not np.isfinite(own):
            return _("No new w₁₁⁽¹⁾ without a number.")
        w11 = float(net.W1[0, 0])
        new = w11 - lr * own
        return _(
            "New w₁₁⁽¹⁾ = {w} − {lr} × {dw} = {new}; the loss goes from {before} to {after}",
            w=number(w11, 4),
            lr=number(lr, 4),
            dw=signed(own),
            new=number(new, 4),
            before=number(now.loss, 4),
            after=number(loss_of(with_w11(net, new), self.x, y), 4),
        )

    def words(self, net, y, now, path, step, lines):
        """What the picture shows."""

        def pair(values):
            return ", ".join(number(v, 4) for v in values)

        sample = _(
            "Sample x = ({x}), y = ({y}); w₁₁⁽¹⁾ = {w} leads from x₁ to hidden unit 1.",
            x=pair(self.x),
            y=pair(y),
            w=number(net.W1[0, 0], 4),
        )
        hidden = _("Layer 1: net = ({net}), a = ({a}).", net=pair(now.net1), a=pair(now.a1))
        output = _("Layer 2: net = ({net}), ŷ = ({out}).", net=pair(now.net2), out=pair(now.out))
        loss = _(
            "L = ½[(y₁ − ŷ₁)² + (y₂ − ŷ₂)²] = {loss}; the ½ counts outputs, not samples.",
            loss=number(now.loss, 4),
        )
        paths = [self.path_words(now, k, step) for k in LIT[path]] if step else []
        ends = [sentence(line) for line in lines if line]
        return facts(sample, hidden, output, loss, *paths, *ends)

    def path_words(self, now, k, step):
        """The factors of a path so far, as letters and as numbers."""
        letters = " ".join((FORMULAS[k][0].split(" = ")[0], *FORMULAS[k][1:step]))
        return _(
            "Path {k}, {done} of 5 factors: {letters} = {factors} = {product}.",
            k=k + 1,
            done=step,
            letters=letters,
            factors=product_text(now.factors[k, :step]),
            product=number(now.products(step)[k], 4),
        )


def paths(path_sum=None):
    """Explore both paths from the loss to w₁₁ of layer 1, with your own path_sum(net222, x, y)."""
    path_sum = reference_path_sum if path_sum is None else path_sum
    check_parts(path_sum=path_sum)
    return Paths(path_sum)
