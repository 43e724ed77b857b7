"""δ, Δ and D: a table that fills sample by sample, in the notation of other courses.

Θ⁽ˡ⁾ (units of layer l + 1, 1 + units of layer l) has the biases in its column j = 0. `visit` makes
one pass through the loop, `accumulate` is the learner's own.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from ..data import net222
from ..i18n import N_, _
from ..layers import Sigmoid
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts, number, sentence
from .lettering import Lettering
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

X = np.array([[0.6, 0.9], [-0.5, 0.3], [0.2, -0.8], [1.0, 0.4]])
Y = np.array([[1, 0], [0, 1], [1, 1], [0, 0]])
M = len(X)
H = 1e-5
LAMBDAS = tuple(round(0.1 * i, 1) for i in range(31))
ZERO, FORWARD, DELTA, ADD, END = "zero", "forward", "delta", "add", "end"
LAST = 3 * M + 1
STEPS = (
    N_("start: Δ := 0"),
    N_("sample 1: forward"),
    N_("sample 1: δ"),
    N_("sample 1: add to Δ"),
    N_("sample 2: forward"),
    N_("sample 2: δ"),
    N_("sample 2: add to Δ"),
    N_("sample 3: forward"),
    N_("sample 3: δ"),
    N_("sample 3: add to Δ"),
    N_("sample 4: forward"),
    N_("sample 4: δ"),
    N_("sample 4: add to Δ"),
    N_("end: D from Δ"),
)
FORMULAS = {
    ZERO: "Δ⁽¹⁾ := 0,  Δ⁽²⁾ := 0",
    FORWARD: "a⁽¹⁾ := (1, x),  a⁽²⁾ = (1, g(Θ⁽¹⁾a⁽¹⁾)),  a⁽³⁾ = g(Θ⁽²⁾a⁽²⁾)",
    DELTA: "δ⁽³⁾ = a⁽³⁾ − y,  δ⁽²⁾ = (Θ⁽²⁾)ᵀδ⁽³⁾ ⊙ a⁽²⁾(1 − a⁽²⁾)",
    ADD: "Δ⁽¹⁾ := Δ⁽¹⁾ + δ⁽²⁾(a⁽¹⁾)ᵀ,  Δ⁽²⁾ := Δ⁽²⁾ + δ⁽³⁾(a⁽²⁾)ᵀ",
    END: N_("D = (Δ + λΘ)/m for j ≠ 0,  D = Δ/m for j = 0"),
}
NOTES = {
    ZERO: N_("Both accumulators have the shape of their Θ, 2 × 3."),
    FORWARD: N_("Shapes: (2 × 3)(3 × 1) = 2 × 1; with the 1 for the bias a⁽¹⁾ and a⁽²⁾ are 3 × 1."),
    DELTA: N_(
        "Shapes: (3 × 2)(2 × 1) = 3 × 1; drop the bias entry: δ⁽²⁾ is 2 × 1. Here g′ = a(1 − a)."
    ),
    ADD: N_("Shapes: (2 × 1)(1 × 3) = 2 × 3, as Δ and Θ."),
    END: N_("D = ∂J/∂Θ; the bias column j = 0 gets no λ."),
}
SIGNS = "⁽¹⁾", "⁽²⁾"

# Places in inches, from the lower left corner.
SIZE = 9.9, 5.4
HEADS, FIRST_ROW, ROW = 4.72, 4.3, 0.26
COLUMNS = {  # the right edges of their numbers
    "a1": (0.9, 1.45, 2.0),
    "y": (2.75, 3.0),
    "a2": (3.75, 4.35, 4.95),
    "a3": (5.8, 6.4),
    "delta3": (7.4, 8.0),
    "delta2": (9.0, 9.6),
}
BANDS = 3.05, 1.85  # the headings of the matrices of layer 1 and of layer 2
BLOCKS = {"theta": 0, "outer": 1, "Delta": 2, "D": 3, "own": 4, "numeric": 5}
WIDTH, CELL = 1.63, 0.49


class Visit(NamedTuple):
    """One sample's way: a1 (3,) and a2 (3,) with a leading 1, a3 (2,), δ⁽³⁾ (2,), δ⁽²⁾ (2,)."""

    a1: np.ndarray
    a2: np.ndarray
    a3: np.ndarray
    delta3: np.ndarray
    delta2: np.ndarray

    def outer(self):
        """What the sample adds to Δ⁽¹⁾ and Δ⁽²⁾."""
        return [np.outer(self.delta2, self.a1), np.outer(self.delta3, self.a2)]


def start_theta():
    """The net of two inputs, two hidden units and two outputs as [Θ⁽¹⁾ (2, 3), Θ⁽²⁾ (2, 3)]."""
    net = net222()[0]
    return [np.column_stack([b, W.T]) for W, b in ((net.W1, net.b1), (net.W2, net.b2))]


def visit(theta, x, y):
    """Return the Visit of one sample x (2,), y (2,)."""
    a1 = np.array([1, *x])
    a2 = np.array([1, *Sigmoid().forward(theta[0] @ a1)])
    a3 = Sigmoid().forward(theta[1] @ a2)
    delta3 = a3 - y
    whole = theta[1].T @ delta3 * a2 * (1 - a2)
    return Visit(a1, a2, a3, delta3, whole[1:])


def sums(theta, X, Y):
    """Return Δ after 0, 1, ... samples: a list of pairs [Δ⁽¹⁾, Δ⁽²⁾]."""
    found = [[np.zeros_like(part) for part in theta]]
    for x, y in zip(X, Y, strict=True):
        parts = zip(found[-1], visit(theta, x, y).outer(), strict=True)
        found.append([Delta + more for Delta, more in parts])
    return found


def gradient(Delta, theta, lam, m):
    """Return D from the complete Δ: (Δ + λΘ)/m, in the bias column Δ/m."""
    free = [np.column_stack([np.zeros(len(part)), part[:, 1:]]) for part in theta]
    return [(part + lam * held) / m for part, held in zip(Delta, free, strict=True)]


def reference_accumulate(theta, X, Y, lam):
    """Return D = ∂J/∂Θ as a list, for samples X (m, 2) and targets Y (m, 2) in rows."""
    return gradient(sums(theta, X, Y)[-1], theta, lam, len(X))


def cost(theta, X, Y, lam):
    """J: mean cross-entropy of the samples, and λ/(2m) times the squares of Θ without biases."""
    a = np.array([visit(theta, x, y).a3 for x, y in zip(X, Y, strict=True)])
    entropy = -np.sum(Y * np.log(a) + (1 - Y) * np.log(1 - a))
    squares = sum(np.sum(part[:, 1:] ** 2) for part in theta)
    return float((entropy + lam / 2 * squares) / len(X))


def differences(theta, X, Y, lam):
    """The central differences of J, in the shapes of Θ."""
    theta = [part.copy() for part in theta]
    found = [np.zeros_like(part) for part in theta]
    for part, slopes in zip(theta, found, strict=True):
        for at in np.ndindex(part.shape):
            here, ends = part[at], []
            for nudge in (H, -H):
                part[at] = here + nudge
                ends.append(cost(theta, X, Y, lam))
            part[at] = here
            slopes[at] = (ends[0] - ends[1]) / (2 * H)
    return found


def as_matrices(value, theta):
    """The learner's result as float arrays in the shapes of Θ, or None if it is anything else."""
    try:
        found = [np.asarray(part, dtype=float) for part in value]
    except (TypeError, ValueError):
        return None
    shapes = [part.shape for part in theta]
    return found if [part.shape for part in found] == shapes else None


def differ(own, numeric):
    """Where entries are not equal to 6 digits (8 decimals for those near 0)."""
    return ~np.isclose(own, numeric, rtol=1e-6, atol=1e-8)


def place_in_loop(step):
    """Return what a step does, and the number of its sample (0 at the start, M at the end)."""
    if step in (0, LAST):
        return (END, M) if step else (ZERO, 0)
    return (FORWARD, DELTA, ADD)[(step - 1) % 3], (step - 1) // 3 + 1


def fixed(value):
    """Write a number of the table: three decimals where there is room for them."""
    if 9999 < abs(value) < np.inf:
        return _("huge") if value > 0 else _("-huge")
    text = number(value, 4) if abs(value) >= 10 else f"{value:.3f}"
    return "0.000" if text == "-0.000" else text


def row_text(values):
    """Write a vector in words."""
    return ", ".join(number(v, 4) for v in values)


def matrix_text(matrix):
    """Write a matrix in words, row by row."""
    return f"[{'; '.join(map(row_text, matrix))}]"


class Deltas(Explorer):
    """The explorer: samples in the upper table, matrices below, and the step's formula on top."""

    title = N_("δ, Δ and D, sample by sample")
    choices = (
        Choice("step", N_("step"), tuple(range(LAST + 1)), 0, STEPS),
        Choice("lam", N_("regularization λ"), LAMBDAS, 1.0),
    )

    def __init__(self, accumulate=reference_accumulate):
        self.accumulate = accumulate
        self.theta = start_theta()
        self.visits = [visit(self.theta, x, y) for x, y in zip(X, Y, strict=True)]
        self.sums = sums(self.theta, X, Y)
        with style():
            figure = new_figure(*SIZE)
            self.ax = figure.add_axes((0, 0, 1, 1))
            self.ax.set(xlim=(0, SIZE[0]), ylim=(0, SIZE[1]))
            self.ax.set_axis_off()
            figure.set_layout_engine("none")
            self.frames = [self.ax.add_patch(Rectangle((0, 0), 1, 1)) for _layer in range(2)]
            for frame in self.frames:
                frame.set(fc="none", ec=COLORS["orange"], lw=2)
            self.draw_heads()
            head = {"ha": "left", "weight": "bold", "fontsize": 10}
            self.heads = [self.write(x, SIZE[1] - 0.2, **head) for x in (0.15, 2.5)]
            self.cells = self.make_table()
            self.entries = self.make_matrices()
            self.lines = [self.write(0.15, 0.72 - 0.25 * i, ha="left") for i in (0, 1)]
            moving = [*self.cells.values(), *self.entries.values(), *self.lines]
            self.live = LivePicture(figure, [*self.frames, *self.heads, *moving])
        super().__init__()

    # --- What stays, and the artists that move

    def write(self, x, y, text="", **how):
        """A text at (x, y)."""
        return self.ax.add_artist(Lettering(x, y, text, **{"fontsize": 9} | how))

    def shade(self, x, y, width, height):
        """A gray ground for what belongs to the biases."""
        self.ax.add_patch(Rectangle((x, y), width, height, fc="#E8E8E8", ec="none", zorder=0))

    def draw_heads(self):
        """Draw headings, what is given, and the ground of the bias entries."""
        self.write(0.3, HEADS, "t", weight="bold")
        heads = {
            "a1": ("a⁽¹⁾", _("input, 3 × 1")),
            "y": ("y", _("target, 2 × 1")),
            "a2": ("a⁽²⁾", _("hidden, 3 × 1")),
            "a3": ("a⁽³⁾", _("output, 2 × 1")),
            "delta3": ("δ⁽³⁾", _("error term, 2 × 1")),
            "delta2": ("δ⁽²⁾", _("error term, 2 × 1")),
        }
        for name, (head, below) in heads.items():
            edges = COLUMNS[name]
            middle = (edges[0] + edges[-1]) / 2 - 0.15
            self.write(middle, HEADS + 0.09, head, weight="bold")
            self.write(middle, HEADS - 0.11, below, fontsize=8, color=GRAY)
        for name in ("a1", "a2"):
            height = M * ROW
            self.shade(COLUMNS[name][0] - 0.28, FIRST_ROW + 0.13 - height, 0.38, height)
        for t in range(M):
            y = FIRST_ROW - ROW * t
            self.write(0.3, y, str(t + 1))
            for x, value in zip(COLUMNS["a1"], self.visits[t].a1, strict=True):
                self.write(x, y, number(value, 4), ha="right")
            for x, value in zip(COLUMNS["y"], Y[t], strict=True):
                self.write(x, y, number(value, 4), ha="right")
        for layer in (0, 1):
            self.draw_matrix_heads(layer)
        note = _("Gray: the bias column j = 0, and the 1 that goes with it.")
        self.write(SIZE[0] - 0.15, 0.17, note, ha="right", fontsize=8, color=GRAY)

    def draw_matrix_heads(self, layer):
        """Draw the headings of one layer's matrices, and Θ, which is given."""
        sign, after = SIGNS[layer], ("⁽²⁾", "⁽³⁾")[layer]
        heads = {
            "theta": (f"Θ{sign}", _("given, 2 × 3")),
            "outer": (f"δ{after}(a{sign})ᵀ", _("this sample")),
            "Delta": (f"Δ{sign}", _("the sum so far")),
            "D": (f"D{sign}", _("from Δ, λ and m")),
            "own": (_("your D{sign}", sign=sign), "accumulate"),
            "numeric": (f"∂J/∂Θ{sign}", _("central differences")),
        }
        for block, (head, below) in heads.items():
            left = self.left(block)
            middle, y = left + 1.5 * CELL, BANDS[layer]
            self.write(middle, y + 0.09, head, weight="bold")
            self.write(middle, y - 0.11, below, fontsize=8, color=GRAY)
            self.shade(left, y - 0.82, CELL, 2 * ROW + 0.04)
        for (i, j), value in np.ndenumerate(self.theta[layer]):
            place = self.entry("theta", layer, i, j)
            self.write(*place, number(value, 4), ha="right", fontsize=8.5)

    def left(self, block):
        """The left edge of a matrix."""
        return 0.13 + WIDTH * BLOCKS[block]

    def entry(self, block, layer, i, j):
        """The place of an entry of a matrix: its right edge."""
        return self.left(block) + CELL * (j + 1) - 0.03, BANDS[layer] - 0.41 - ROW * i

    def make_table(self):
        """The numbers of the samples: key (column, sample, place)."""
        return {
            (name, t, i): self.write(x, FIRST_ROW - ROW * t, ha="right")
            for name in ("a2", "a3", "delta3", "delta2")
            for t in range(M)
            for i, x in enumerate(COLUMNS[name])
        }

    def make_matrices(self):
        """The numbers of the matrices: key (matrix, layer, row, column)."""
        return {
            (block, layer, i, j): self.write(
                *self.entry(block, layer, i, j), ha="right", fontsize=8.5
            )
            for block in BLOCKS
            if block != "theta"
            for layer in (0, 1)
            for i, j in np.ndindex(2, 3)
        }

    # --- A look

    def look(self, step, lam):
        """Show the table as it is after this step."""
        kind, t = place_in_loop(step)
        for head, text in zip(self.heads, (_(STEPS[step]), _(FORMULAS[kind])), strict=True):
            head.set_text(text)
        self.show_samples(kind, t)
        for block in BLOCKS:
            if block != "theta":
                self.show_matrix(block, None)
        done = t if kind in (ADD, END) else max(t - 1, 0)
        self.show_matrix("Delta", self.sums[done], kind in (ZERO, ADD))
        if kind == ADD:
            self.show_matrix("outer", self.visits[t - 1].outer(), True)
        ends = self.show_end(lam) if kind == END else []
        for line, text in zip(self.lines, [_(NOTES[kind]), *ends[-1:], ""], strict=False):
            line.set_text(text)
        self.show_frames(kind, t)
        self.live.facts = self.words(step, lam, kind, t, done, ends)
        return self.live

    def show_samples(self, kind, t):
        """Write what the samples have brought up to this step."""
        for (name, row, i), cell in self.cells.items():
            here = row == t - 1
            needs = FORWARD if name in ("a2", "a3") else DELTA
            there = row < t - 1 or (here and (needs == FORWARD or kind != FORWARD))
            cell.set_text(fixed(getattr(self.visits[row], name)[i]) if there else "")
            cell.set_weight("bold" if here and kind == needs else "normal")
            if name == "a2" and i == 0 and there:
                cell.set_text("1")

    def show_matrix(self, block, values, new=False, wrong=None):
        """Write a pair of matrices, or clear it; `wrong` entries are marked."""
        for layer in (0, 1):
            for i, j in np.ndindex(2, 3):
                bad = wrong is not None and wrong[layer][i, j]
                self.entries[block, layer, i, j].set(
                    text="" if values is None else fixed(values[layer][i, j]),
                    weight="bold" if new or bad else "normal",
                    color=COLORS["orange"] if bad else "black",
                )

    def show_end(self, lam):
        """Write D three times over, and return what is said about them."""
        D = gradient(self.sums[-1], self.theta, lam, M)
        numeric = differences(self.theta, X, Y, lam)
        copies = [part.copy() for part in self.theta]
        own = as_matrices(self.accumulate(copies, X.copy(), Y.copy(), lam), self.theta)
        self.show_matrix("D", D, True)
        self.show_matrix("numeric", numeric)
        lines = [
            _("J = {J}.", J=number(cost(self.theta, X, Y, lam), 4)),
            *(sentence(f"D{SIGNS[i]} = {matrix_text(D[i])}") for i in (0, 1)),
        ]
        if own is None:
            return [*lines, _("Your accumulate returns no list of two matrices, each 2 × 3.")]
        wrong = [differ(*pair) for pair in zip(own, numeric, strict=True)]
        self.show_matrix("own", own, wrong=wrong)
        said = [_("Your D{sign} = {D}.", sign=SIGNS[i], D=matrix_text(own[i])) for i in (0, 1)]
        return [*lines, *said, self.verdict(np.array(wrong))]

    def verdict(self, wrong):
        """Say how many of the learner's numbers (2, 2, 3) differ from the central differences."""
        count = int(wrong.sum())
        if not count:
            return _("Your D is equal to the central differences to 6 digits.")
        if not wrong[:, :, 1:].any():
            return _(
                "Your D is NOT equal to the central differences: {n} of 12 differ, all in the "
                "bias column, which gets no λ.",
                n=count,
            )
        if not wrong[:, :, 0].any():
            return _(
                "Your D is NOT equal to the central differences: {n} of 12 differ, none in the "
                "bias column.",
                n=count,
            )
        return _("Your D is NOT equal to the central differences: {n} of 12 differ.", n=count)

    def show_frames(self, kind, t):
        """Frame what this step has changed."""
        y = FIRST_ROW - ROW * (t - 1) - 0.13
        if kind in (FORWARD, DELTA):
            left, right = (0.55, 6.5) if kind == FORWARD else (6.85, 9.7)
            self.frames[0].set_bounds(left, y, right - left, ROW)
        else:
            first, blocks = {ZERO: ("Delta", 1), ADD: ("outer", 2), END: ("D", 1)}[kind]
            for layer, frame in enumerate(self.frames):
                width = WIDTH * (blocks - 1) + 3 * CELL + 0.06
                low = BANDS[layer] - 0.84
                frame.set_bounds(self.left(first) - 0.03, low, width, 2 * ROW + 0.08)
        self.frames[1].set_visible(kind not in (FORWARD, DELTA))

    # --- The same in words

    def words(self, step, lam, kind, t, done, ends):
        """What the picture shows."""
        setting = _("Units 2, 2, 2 (L = 3), m = {m} samples, λ = {lam}.", m=M, lam=number(lam, 4))
        now = _("Step {step} of {last}, {name}.", step=step, last=LAST, name=_(STEPS[step]))
        formula = sentence(_(FORMULAS[kind]).replace(",  ", ", "))
        sample = self.sample_words(kind, t) if kind not in (ZERO, END) else []
        after = [
            _("Δ{sign} after {n} of {m} samples: {D}.", sign=s, n=done, m=M, D=matrix_text(part))
            for s, part in zip(SIGNS, self.sums[done], strict=True)
        ]
        given = [f"Θ{s} = {matrix_text(part)}" for s, part in zip(SIGNS, self.theta, strict=True)]
        start = sentence(", ".join(given))
        return facts(setting, start, now, formula, _(NOTES[kind]), *sample, *after, *ends)

    def sample_words(self, kind, t):
        """The numbers of the sample that is looked at."""
        one = self.visits[t - 1]
        lines = [
            _("Sample {t}: x = ({x}), y = ({y}).", t=t, x=row_text(X[t - 1]), y=row_text(Y[t - 1])),
            sentence(
                f"a⁽¹⁾ = ({row_text(one.a1)}), a⁽²⁾ = ({row_text(one.a2)}), "
                f"a⁽³⁾ = ({row_text(one.a3)})"
            ),
        ]
        if kind in (DELTA, ADD):
            errors = f"δ⁽³⁾ = ({row_text(one.delta3)}), δ⁽²⁾ = ({row_text(one.delta2)})"
            lines.append(sentence(errors))
        if kind == ADD:
            first, second = map(matrix_text, one.outer())
            lines.append(sentence(f"δ⁽²⁾(a⁽¹⁾)ᵀ = {first}, δ⁽³⁾(a⁽²⁾)ᵀ = {second}"))
        return lines


def deltas(accumulate=None):
    """Explore δ, Δ and D step by step, with your own accumulate(theta, X, Y, lam) -> D."""
    accumulate = reference_accumulate if accumulate is None else accumulate
    check_parts(accumulate=accumulate)
    return Deltas(accumulate)
