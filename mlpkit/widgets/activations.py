"""Do numbers keep their size on the way through a deep net, and gradients on the way back?

`run` sends samples forward and a gradient backward through the learner's own layers;
`Activations` shows both, layer by layer.

The scales: √(1/n), Glorot & Bengio (2010), "Understanding the difficulty of training deep
feedforward neural networks", whose √(2 / (inputs + outputs)) is that where both are n; and √(2/n),
He et al. (2015), "Delving deep into rectifiers", where ReLU cuts off half.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from matplotlib.collections import PolyCollection

from ..i18n import N_, _
from ..layers import Linear, ReLU, Sigmoid, Tanh
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts, number, sentence
from .lettering import Labels
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

UNITS, SAMPLES = 64, 64  # products so small that no BLAS spreads them over threads
DEPTHS = tuple(range(2, 9))
BENDS = ("tanh", "relu", "sigmoid", "none")
BEND_NAMES = ("tanh", "ReLU", "sigmoid", N_("none"))
STARTS = ("own", "xavier", "he", "equal", "zero")
START_NAMES = (
    N_("my own scale"),
    N_("Xavier, √(1/n)"),
    N_("He, √(2/n)"),
    N_("all equal, 1/n"),
    N_("all zero"),
)
SCALES = tuple(round(0.005 * i, 3) for i in range(101))
SHIFTS = tuple(round(0.1 * i, 1) for i in range(-30, 31))
EDGE, BINS = 2.5, 25  # histograms reach from -EDGE to EDGE,
REACH = 0.4  # and from their layer's place by so much: between layers stays a gap
SAME = 1e-9  # numbers that differ by less, compared with the largest, are the same number
TALLEST = 0.3  # share of the values at which a bar is cut off
# Translators: each of these completes "Forward they {what}" and "Forward: activations {what}".
FATES = ((0.1, N_("vanish")), (0.5, N_("shrink")), (2, N_("keep their size")), (10, N_("grow")))
SATURATED = {"tanh": (-0.99, 0.99), "sigmoid": (0.01, 0.99)}  # beyond, a unit hardly changes


class Layer(NamedTuple):
    """One layer, all (SAMPLES, UNITS): z = Linear, a = activation, dz = gradient that Linear gets.

    dW (UNITS, UNITS) is the gradient of its weights.
    """

    z: np.ndarray
    a: np.ndarray
    dz: np.ndarray
    dW: np.ndarray


@cache
def draws():
    """Samples and the gradient at the end (SAMPLES, UNITS), weights (8, UNITS, UNITS); spread 1."""
    rng = np.random.default_rng(0)
    shapes = (SAMPLES, UNITS), (SAMPLES, UNITS), (DEPTHS[-1], UNITS, UNITS)
    x, dout, weights = (rng.normal(size=shape) for shape in shapes)
    return x / x.std(), dout / dout.std(), weights


def weight_scale(start, scale):
    """Return the spread of the weights that a start gives."""
    spreads = {"own": scale, "xavier": np.sqrt(1 / UNITS), "he": np.sqrt(2 / UNITS)}
    return float(spreads.get(start, 0.0))


def fill(layer, index, start, scale, shift):
    """Set W and b of the layer at this index."""
    equal = 1 / UNITS if start == "equal" else 0.0
    layer.W[...] = equal + weight_scale(start, scale) * draws()[2][index]
    layer.b[...] = shift


def run(bend, start, scale, depth, shift, linear=Linear, bends=None):
    """Go forward and backward; return a list of `depth` Layers.

    `bends` maps the names of activations to classes; "none" leaves the activation out.
    """
    make = (bends or {"tanh": Tanh, "relu": ReLU, "sigmoid": Sigmoid}).get(bend)
    x, dout, _weights = (part.copy() for part in draws())
    there, back = [], []
    with np.errstate(all="ignore"):  # inf and nan are shown
        for i in range(depth):
            layer, after = linear(UNITS, UNITS), make() if make else None
            fill(layer, i, start, scale, shift)
            z = layer.forward(x)
            kept = np.array(z)  # an activation may work in place
            x = after.forward(z) if after else z
            there.append((layer, after, kept, x))
        for layer, after, z, a in reversed(there):
            dz = after.backward(dout) if after else dout
            dout = layer.backward(dz)
            back.append(Layer(*map(np.asarray, (z, a, dz, layer.dW))))
    return back[::-1]


def spread(values):
    """The standard deviation; 0 if the values differ by round-off only, inf or nan if they are."""
    with np.errstate(all="ignore"):
        flat = np.ptp(values) <= SAME * np.max(np.abs(values))
        return 0.0 if flat else float(np.std(values))


def dead(layer):
    """How many units give 0 for every sample."""
    return int(np.sum(np.all(layer.a == 0, axis=0)))


def saturated(layer, bend):
    """The share of values so near the ends of tanh or sigmoid that they hardly change."""
    low, high = SATURATED[bend]
    return float(np.mean((layer.a < low) | (layer.a > high)))


def alike(layer):
    """Whether all units give the same numbers, though the numbers are not all 0."""
    largest = np.max(np.abs(layer.a))
    return bool(0 < largest and np.ptp(layer.a, axis=1).max() <= SAME * largest)


def shares(values):
    """Return the share of the values in each bin (BINS,); the outer bins hold all beyond them."""
    finite = values[np.isfinite(values)]
    with np.errstate(over="ignore"):
        places = np.clip((finite + EDGE) * (BINS / (2 * EDGE)), 0, BINS - 1).astype(np.intp)
    return np.bincount(places, minlength=BINS) / values.size


def outlines(histograms):
    """Return the corners (layers, 2 BINS + 2, 2) of histograms, layer k from x = k − REACH."""
    x = np.repeat(np.linspace(-REACH, REACH, BINS + 1), 2)
    corners = np.zeros((len(histograms), len(x), 2))
    corners[:, :, 0] = x + np.arange(1, len(histograms) + 1)[:, None]
    corners[:, 1:-1, 1] = np.repeat(np.minimum(histograms, TALLEST), 2, axis=1)
    return corners


def fate(first, last):
    """What becomes of a spread on its way from first to last, in words, and by what ratio."""
    if not np.isfinite([first, last]).all():
        return _("become inf or nan"), None
    if last == 0 or first == 0:
        return (_("start with spread 0") if last else _("end with spread 0")), None
    ratio = last / first
    return next((_(word) for limit, word in FATES if ratio <= limit), _("explode")), ratio


class Activations(Explorer):
    """The explorer: a histogram of activations and one of gradients for each layer."""

    title = N_("Activations and initialization")
    choices = (
        Choice("bend", N_("activation"), BENDS, "tanh", shown=BEND_NAMES, kind="choice"),
        Choice("start", N_("initial weights"), STARTS, "own", shown=START_NAMES, kind="choice"),
        Choice("scale", N_("my own scale of weights"), SCALES, 0.05),
        Choice("depth", N_("layers"), DEPTHS, 6),
        Choice("shift", N_("bias b of all units"), SHIFTS, 0.0),
    )

    def __init__(self, linear=Linear, tanh=Tanh, relu=ReLU, sigmoid=Sigmoid):
        self.parts = {"linear": linear, "bends": {"tanh": tanh, "relu": relu, "sigmoid": sigmoid}}
        self.seldom = None
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Draw what stays: two rows of axes; and make the histograms and texts that move."""
        figure = new_figure(8.2, 4.3)
        self.rows = figure.subplots(2, 1, sharex=True)
        parts = zip(self.rows, ("sky blue", "yellow"), (1.7, 1.4), strict=True)
        self.shapes, self.letters = zip(*(self.row(*part) for part in parts), strict=True)
        note = _(
            "Values beyond ±{edge} are in the outermost bars; bars end at {share} %.",
            edge=EDGE,
            share=round(100 * TALLEST),
        )
        self.rows[1].set_xlabel(note, fontsize=9, labelpad=38)  # the room of self.below
        self.below = self.rows[1].add_artist(Labels())
        figure.draw_without_rendering()  # gives the axes their places; letters count in pixels
        figure.set_layout_engine("none")
        titles = [ax.title for ax in self.rows]
        moving = [*self.shapes, *self.letters]
        self.live = LivePicture(figure, moving, [self.below, *titles])

    def row(self, ax, color, height):
        """Set up one row of this height in full bars; return its histograms and its letters."""
        bars = PolyCollection([], facecolor=COLORS[color], edgecolor=GRAY, lw=0.6)
        ax.add_collection(bars, autolim=False)
        shares = (0, 0.1, 0.2, TALLEST)
        names = [*(f"{100 * share:.0f} %" for share in shares), _("spread")]
        ax.set_yticks((*shares, (height - 0.1) * TALLEST), names)
        ax.set(ylim=(0, height * TALLEST), ylabel=_("share"), xticks=())
        ax.set_title(" ")
        ax.grid(False)
        for share in shares[1:]:
            ax.axhline(share, color="#E5E5E5", lw=0.8, zorder=0)
        return bars, ax.add_artist(Labels())

    def unused(self, start, **values):
        return [] if start == "own" else ["scale"]

    def look(self, bend, start, scale, depth, shift):
        """Run the learner's layers, draw the histograms, and say what became of the numbers."""
        layers = run(bend, start, scale, depth, shift, **self.parts)
        there, back = [layer.a for layer in layers], [layer.dz for layer in layers]
        forward, backward = list(map(spread, there)), list(map(spread, back))
        onward, homeward = fate(forward[0], forward[-1]), fate(backward[-1], backward[0])
        self.frame(depth, onward[0], homeward[0])
        notes = [self.note(bend, layer) for layer in layers]
        self.show(0, there, [short(value, 2) for value in forward], notes)
        self.show(1, back, [short(value, 2) for value in backward], [""] * depth)
        self.live.facts = facts(
            self.setting(bend, start, scale, depth, shift),
            self.journey(_("Spread of the activations, layer 1 to {n}", n=depth), forward),
            self.end(_("Forward they {what}", what=onward[0]), onward[1]),
            self.journey(_("Spread of the gradients ∂ℒ/∂z, layer 1 to {n}", n=depth), backward),
            self.end(_("Backward they {what}", what=homeward[0]), homeward[1]),
            *self.troubles(bend, layers),
        )
        return self.live

    def frame(self, *now):
        """Draw what seldom changes: depth, and what becomes of activations and gradients."""
        if now != self.seldom:
            self.seldom, (depth, onward, homeward) = now, now
            self.rows[0].set_xlim(0.5, depth + 0.5)
            self.number_layers(depth)
            self.rows[0].set_title(_("Forward: activations {what}", what=onward))
            self.rows[1].set_title(_("Backward: gradients ∂ℒ/∂z {what}", what=homeward))
            self.live.refresh()

    def number_layers(self, depth):
        """Below each histogram some of the values along it, and its layer."""
        texts = []
        for i in range(1, depth + 1):
            for value, text in ((-2, "−2"), (0, "0"), (2, "2")):
                x, y = self.rows[1].transData.transform((i + REACH * value / EDGE, 0))
                texts.append((x, y - 18, text))
            texts.append((self.rows[1].transData.transform((i, 0))[0], y - 40, _("layer {i}", i=i)))
        self.below.write(texts)

    def show(self, row, values, spreads, notes):
        """Draw a row: the histograms of the values, and the spreads and notes above them."""
        self.shapes[row].set_verts(outlines(np.array([shares(v) for v in values])))
        ax, texts = self.rows[row], []
        for i, (number_shown, note) in enumerate(zip(spreads, notes, strict=True)):
            x, y = ax.transData.transform((i + 1, ax.get_yticks()[-1]))
            texts += [(x, y - 5, number_shown), (x, y - 22, note)]
        self.letters[row].write(texts)

    def note(self, bend, layer):
        """What is written below the spread of a layer."""
        if alike(layer):
            return _("alike")
        if bend == "relu":
            return _("{n} dead", n=dead(layer))
        return _("{p} flat", p=percent(saturated(layer, bend))) if bend in SATURATED else ""

    def setting(self, bend, start, scale, depth, shift):
        """The settings in words; the slider of the scale counts for "own" only."""
        name = _(START_NAMES[STARTS.index(start)])
        if start not in ("equal", "zero"):
            wide = number(weight_scale(start, scale), 3)
            name = _("{name}: weights of spread {scale}", name=name, scale=wide)
        return _(
            "{depth} layers of {units} units; activation {bend}; {name}; b = {shift}.",
            depth=depth,
            units=UNITS,
            bend=_(BEND_NAMES[BENDS.index(bend)]),
            name=name,
            shift=number(shift, 2),
        )

    def journey(self, name, spreads):
        """The spread of every layer."""
        row = ", ".join(short(value, 3) for value in spreads)
        return _("{name}: {row}.", name=name, row=row)

    def end(self, text, ratio):
        """A sentence with the ratio in it, if there is one."""
        if ratio is None:
            return sentence(text)
        return _("{text}: in all × {ratio}.", text=text, ratio=short(ratio, 2))

    def troubles(self, bend, layers):
        """Dead, flat and identical units, and what is not a number."""
        row = range(1, len(layers) + 1)
        if bend == "relu":
            counts = [dead(layer) for layer in layers]
            listed = ", ".join(map(str, counts))
            yield _(
                "Dead ReLUs (0 for all samples), layer by layer: {row}; {n} of {all}.",
                row=listed,
                n=sum(counts),
                all=UNITS * len(layers),
            )
        if bend in SATURATED:
            listed = ", ".join(percent(saturated(layer, bend)) for layer in layers)
            low, high = SATURATED[bend]
            yield _(
                "Flat values (saturated, beyond {low} or {high}), layer by layer: {row}.",
                low=low,
                high=high,
                row=listed,
            )
        same = ", ".join(str(i) for i, layer in zip(row, layers, strict=True) if alike(layer))
        if same:
            yield _(
                "All {n} units are alike, the same numbers, in layers: {row}.", n=UNITS, row=same
            )
        still = ", ".join(
            str(i) for i, layer in zip(row, layers, strict=True) if not layer.dW.any()
        )
        if still:
            yield _(
                "All weights get a gradient of 0, and cannot learn, in layers: {row}.", row=still
            )
        lost = [np.sum(~np.isfinite(layer.a)) + np.sum(~np.isfinite(layer.dz)) for layer in layers]
        if any(lost):
            listed = ", ".join(map(str, lost))
            yield _("Values that are inf or nan, layer by layer: {row}.", row=listed)


def short(value, digits):
    """Write a number with few digits: 0.0038, 1120, 7.1e+07."""
    text = number(value, digits)
    return f"{float(text):.0f}" if "e+" in text and abs(value) < 1e6 else text


def percent(share):
    """Write a share as a whole percentage; more than nothing is never 0."""
    return "< 1 %" if 0 < share < 0.01 else f"{100 * share:.0f} %"


def activations(linear=Linear, tanh=Tanh, relu=ReLU, sigmoid=Sigmoid):
    """Explore activations and initial weights, with your own Linear, Tanh, ReLU and Sigmoid."""
    check_parts(linear=linear, tanh=tanh, relu=relu, sigmoid=sigmoid)
    return Activations(linear, tanh, relu, sigmoid)
