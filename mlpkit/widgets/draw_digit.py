"""Draw your own digit: what the net sees of it, what it answers, and what its first layer finds.

`as_mnist` turns strokes into a picture as MNIST's are made; `DrawDigit` shows what the net says.
"""

import numpy as np

from ..i18n import N_, _
from ..layers import Softmax
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts
from .live import LivePicture
from .panel import Explorer, Strokes

SIDE = 28  # pixels of a side of an MNIST picture
DIGITS = 10  # classes
BOX = 20  # MNIST's digits fit into a box of so many pixels
PEN = 1.15  # half the width of a line, in pixels: that of MNIST's lines, about
SOFT = 1.0  # pixels from ink to paper
SHOWN = 8  # units of the first layer
SURE = 0.01  # answers below this probability are not listed in the words
# A seven, drawn with a crossbar, to begin with.
SEVEN = (
    ((0.3, 0.22), (0.5, 0.2), (0.7, 0.22), (0.6, 0.45), (0.5, 0.62), (0.44, 0.8)),
    ((0.4, 0.5), (0.66, 0.5)),
)


def as_mnist(strokes):
    """Draw strokes, lists of points (x, y) of any unit, as MNIST does: return (28, 28) in [0, 1].

    The digit is scaled to fit a box of 20 × 20 pixels, and its ink's center of mass is put into
    the middle (LeCun et al., 1998). The pen's width does not depend on the size of the drawing.
    """
    segments = [pair for stroke in strokes for pair in pairs(stroke)]
    if not segments:
        return np.zeros((SIDE, SIDE), dtype=np.float32)
    segments = np.array(segments, dtype=float)  # (n, 2 ends, x and y)
    low, high = segments.min(axis=(0, 1)), segments.max(axis=(0, 1))
    longest = max(high - low) or 1.0  # a single dot has no length
    segments = (segments - (low + high) / 2) / longest * (BOX - 2 * PEN) + SIDE / 2
    ink = inked(segments)
    middles = np.arange(SIDE) + 0.5
    center = np.array([(ink.sum(axis=0) @ middles), (ink.sum(axis=1) @ middles)]) / ink.sum()
    return inked(segments - center + SIDE / 2).astype(np.float32)


def pairs(stroke):
    """The segments of a stroke; a single point is a segment without length."""
    points = [tuple(point) for point in stroke]
    return list(zip(points, points[1:] or points, strict=False))


def inked(segments):
    """Ink (28, 28) of segments (n, 2, 2): 1 near a line, 0 far off, in between at its border."""
    side = np.arange(SIDE) + 0.5
    pixels = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 1, 2)
    begin, along = segments[:, 0], segments[:, 1] - segments[:, 0]
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip(((pixels - begin) * along).sum(axis=2) / length, 0, 1)
    nearest = begin + share[:, :, None] * along
    distance = np.sqrt(((pixels - nearest) ** 2).sum(axis=2)).min(axis=1)
    return np.clip((PEN - distance) / SOFT + 0.5, 0, 1).reshape(SIDE, SIDE)


def first_layer(net, x):
    """(weights (784, units), output (units,)) of the net's first layer for a picture x (1, 784)."""
    layer = net.layers[0]
    return np.asarray(layer.W), np.asarray(layer.forward(x))[0]


@np.errstate(all="ignore")  # a net that has diverged
def check_net(net):
    """Raise TypeError or ValueError unless net goes from 784 pixels, by weights, to 10 scores."""
    if isinstance(net, type) or not getattr(net, "layers", None):
        raise TypeError(f"net: expected a net with layers, got {net!r:.60}")
    pixels, first = SIDE * SIDE, net.layers[0]
    W = getattr(first, "W", None)
    if np.ndim(W) != 2 or len(W) != pixels:
        wanted = f"a first layer with W of shape ({pixels}, units)"
        got = type(first).__name__ if W is None else f"shape {np.shape(W)}"
        raise ValueError(f"net: expected {wanted}, got {got}")
    shape = np.shape(net.forward(np.zeros((1, pixels), dtype=np.float32)))
    if shape != (1, DIGITS):
        raise ValueError(f"net: expected output of shape (batch, {DIGITS}), got {shape}")


class DrawDigit(Explorer):
    """The explorer: a place to draw, and what the net makes of it while you draw."""

    title = N_("Draw your own digit")
    choices = (Strokes("digit", N_("Draw a digit here"), SEVEN),)

    def __init__(self, net):
        check_net(net)
        self.net = net
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Make the axes, and the artists that move on them."""
        figure = new_figure(9.2, 3.6)
        left, middle, right = figure.subfigures(1, 3, width_ratios=[1, 1.25, 1.35])
        picture, bars = left.subplots(), middle.subplots()
        picture.set_title(_("What the net sees"))
        blank = np.zeros((SIDE, SIDE))
        self.seen = picture.imshow(blank, cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
        picture.set(xticks=[], yticks=[])
        picture.spines[:].set_visible(True)
        bars.set(xlim=(0, 1.25), xticks=[0, 0.5, 1], yticks=range(DIGITS), ylim=(9.6, -0.6))
        bars.set(xlabel=_("probability"), ylabel=_("digit"))
        bars.set_title(_("The net's answer"))
        self.bars = bars.barh(range(DIGITS), [1.0] * DIGITS, 0.7, color=COLORS["sky blue"])
        middles = {"va": "center", "size": 9}
        self.shares = [bars.text(0, i, "", **middles) for i in range(DIGITS)]
        right.suptitle(_("The first layer's strongest units"), size=11)
        key = _("orange: ink here raises it, violet: lowers it")
        right.supxlabel(key, size=9, color=GRAY)
        self.units = []
        for ax in right.subplots(2, SHOWN // 2).flat:
            ax.set(xticks=[], yticks=[], title="+0.0")
            ax.title.set_size(8)
            ax.spines[:].set_visible(True)
            how = {"cmap": "PuOr_r", "interpolation": "nearest", "vmin": -1, "vmax": 1}
            self.units.append(ax.imshow(blank, **how))
        self.answer = bars.title
        titles = [image.axes.title for image in self.units]
        moving = [
            self.seen,
            *picture.spines.values(),
            *self.bars,
            *self.shares,
            self.answer,
            *self.units,
            *titles,
        ]
        self.live = LivePicture(figure, moving)

    @np.errstate(all="ignore")  # a net that has diverged
    def look(self, digit):
        """Ask the net, and draw its answer."""
        image = as_mnist(digit)
        x = image.reshape(1, -1)
        p = Softmax().forward(np.asarray(self.net.forward(x)))[0]
        answers = bool(digit) and bool(np.isfinite(p).all())
        shares = p if answers else np.zeros(DIGITS)
        best = int(np.argmax(shares))
        self.seen.set_data(image)
        for i, (bar, text) in enumerate(zip(self.bars, self.shares, strict=True)):
            bar.set_width(shares[i])
            bar.set_facecolor(COLORS["orange" if i == best else "sky blue"])
            text.set_text(f"{100 * shares[i]:.0f} %" if answers else "")
            text.set_x(shares[i] + 0.02)
        said = _("The net reads {digit}", digit=best) if answers else _("It diverges")
        self.answer.set_text(said if digit else _("Nothing is drawn yet"))
        self.show_units(*first_layer(self.net, x))
        self.live.facts = self.words(digit, p)
        return self.live

    def show_units(self, weights, out):
        """Show the weights of the units with the largest outputs, and these outputs."""
        strongest = np.argsort(-out)[:SHOWN]
        for image, unit in zip(self.units, strongest, strict=False):
            column = weights[:, unit].reshape(SIDE, SIDE)
            image.set_data(column / max(np.abs(column).max(), 1e-12))
            image.axes.title.set_text(f"{out[unit]:+.1f}")

    def words(self, digit, p):
        """What the picture shows."""
        if not digit:
            return _("Nothing is drawn yet.")
        if not np.isfinite(p).all():
            return _("It diverges: the loss is no number any more. A smaller η may help.")
        order = [int(i) for i in np.argsort(-p) if p[i] >= SURE]
        shares = ", ".join(f"{i}: {100 * p[i]:.0f} %" for i in order)
        return facts(
            _("The net reads {digit}.", digit=order[0]),
            _("Its probabilities of at least 1 %: {shares}.", shares=shares),
            _("The digit is scaled to 20 by 20 pixels and centered, as in MNIST."),
        )


def draw_digit(net):
    """Draw a digit by mouse, touch or keyboard, and see what your net, 784 to 10, says of it.

    Raises TypeError or ValueError if the net has no layers, or others.
    """
    return DrawDigit(net)
