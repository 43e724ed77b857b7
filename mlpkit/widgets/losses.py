"""Losses: the line that squared and absolute error prefer when one point lies far off.

`compare` fits both lines with the learner's own losses; `Losses` shows them, and what a single
point costs over its residual (regression) or over its margin (classification).
"""

from typing import NamedTuple

import numpy as np

from ..i18n import N_, _
from ..losses import AbsoluteLoss, LogisticLoss, SquaredLoss, zero_one_loss
from ..plots.picture import COLORS, legend_below, new_figure, style
from ..plots.words import facts, number
from .live import LivePicture
from .panel import Choice, Explorer

X = np.arange(0.25, 6, 0.5)  # no place of the outlier is among them, so each two points have a line
Y = np.array([1.3, 1.1, 1.7, 1.9, 1.9, 2.7, 2.5, 3.1, 2.9, 3.5, 3.5, 4.1])  # about 0.5 x + 1
MOVED = 3  # the ordinary point that has a slider
HEIGHTS = tuple(i / 10 for i in range(-15, 66))
PLACES = tuple(i / 10 for i in range(61))
POINTS = tuple(i / 10 for i in range(51))
MARGINS = tuple(i / 10 for i in range(-40, 41))
RESIDUALS = np.linspace(-6, 6, 121)
VIEWS = {"residual": ("squared", "absolute"), "margin": ("logistic", "zero_one")}  # their curves
RATE = 0.25  # halves the distance to the minimum in each step, if the gradient is right
STEPS = 400
LOOKS = {  # of each loss: color, dash, marker, hatch
    "squared": (COLORS["blue"], "-", "o", ""),
    "absolute": (COLORS["orange"], "--", "s", "///"),
    "logistic": (COLORS["green"], "-", "D", ""),
    "zero_one": (COLORS["black"], ":", "P", ""),
}


class Fit(NamedTuple):
    """A line, its losses over all points, and what it has to do with the outlier."""

    slope: float
    intercept: float
    mse: float
    mae: float
    residual: float  # ŷ - y of the outlier
    pull: float  # how far the outlier has moved the line at its place

    @property
    def rmse(self):
        return float(np.sqrt(self.mse))


class Look(NamedTuple):
    """All points, the outlier last: x (13,), y (13,); and both lines, None where none is found."""

    x: np.ndarray
    y: np.ndarray
    squared: Fit | None
    absolute: Fit | None


class Cost(NamedTuple):
    """What one sample costs: its loss, and the slope of the loss there."""

    loss: float
    slope: float


def as_function(loss, name):
    """Return a function (y_hat (N,), y (N,)) -> (loss, gradient (N,)) of a loss.

    A loss is a class with forward and backward, or such a function already.
    """
    made = loss() if isinstance(loss, type) else loss
    if not callable(made) and not hasattr(made, "forward"):
        wanted = "a loss class or a function (y_hat, y) -> (loss, gradient)"
        raise TypeError(f"{name}: expected {wanted}, got {loss!r:.60}")

    def function(y_hat, y):
        if hasattr(made, "forward"):
            value = made.forward(y_hat[:, None].copy(), y[:, None].copy())
            gradient = made.backward()
        else:
            value, gradient = made(y_hat.copy(), y.copy())
        gradient = np.asarray(gradient, dtype=float).reshape(-1)
        if len(gradient) != len(y):
            wanted = f"a gradient with {len(y)} numbers"
            raise ValueError(f"{name}: expected {wanted}, got {len(gradient)}")
        return float(value), gradient

    return function


def squared_line(x, y, squared):
    """Descend to the line (slope, intercept) by the loss's gradient; None if it does not arrive."""
    center, spread = x.mean(), x.std()
    z = (x - center) / spread  # with features of mean 0 and spread 1 both directions are as fast
    w = b = 0.0
    for _step in range(STEPS):
        gradient = squared(w * z + b, y)[1]
        dw, db = gradient @ z, gradient.sum()
        if not max(abs(dw), abs(db)) < 1e6:
            return None
        w, b = w - RATE * dw, b - RATE * db
        if max(abs(dw), abs(db)) < 1e-12:
            break
    if max(abs(dw), abs(db)) > 1e-6:
        return None
    return w / spread, b - w * center / spread


def absolute_line(x, y, absolute):
    """Return the line (slope, intercept) with the smallest absolute error.

    One of the best lines goes through two of the points: so try all pairs. Of equally good ones,
    which rounding must not choose from, take the flattest.
    """
    i, j = np.triu_indices(len(x), 1)
    slopes = (y[j] - y[i]) / (x[j] - x[i])
    intercepts = y[i] - slopes * x[i]
    lines = list(zip(slopes.tolist(), intercepts.tolist(), strict=True))
    values = [round(absolute(w * x + b, y)[0], 9) for w, b in lines]
    if not np.all(np.isfinite(values)):
        return None
    best = np.flatnonzero(np.array(values) == min(values))
    return min((lines[k] for k in best), key=lambda line: (round(abs(line[0]), 9), line))


def fit(find, loss, x, y, squared, absolute):
    """Return the Fit of the line that find(x, y, loss) gives, or None."""
    line, without = find(x, y, loss), find(x[:-1], y[:-1], loss)
    if line is None or without is None:
        return None
    y_hat = line[0] * x + line[1]
    return Fit(
        *line,
        mse=squared(y_hat, y)[0],
        mae=absolute(y_hat, y)[0],
        residual=tidy(y_hat[-1] - y[-1]),
        pull=tidy(y_hat[-1] - (without[0] * x[-1] + without[1])),
    )


def tidy(value):
    """Round off what rounding has left, so that 0 is 0 (and the kink of |r| is met)."""
    return round(float(value), 9) + 0.0


def compare(place, height, point, squared=SquaredLoss, absolute=AbsoluteLoss):
    """Return the Look for an outlier at (place, height) and the moved point at height `point`."""
    squared, absolute = as_function(squared, "squared"), as_function(absolute, "absolute")
    x, y = np.append(X, place), np.append(Y, height)
    y[MOVED] = point
    return Look(
        x,
        y,
        fit(squared_line, squared, x, y, squared, absolute),
        fit(absolute_line, absolute, x, y, squared, absolute),
    )


def cost_of_residual(loss, r):
    """Return the Cost of one sample with the residual r, for a function of as_function."""
    value, gradient = loss(np.array([float(r)]), np.zeros(1))
    return Cost(value, float(gradient[0]))


def costs_of_margin(margin):
    """Return the Costs (logistic loss, 0-1 loss) of one sample with the margin y·f."""
    loss, score, label = LogisticLoss(), np.array([float(margin)]), np.array([1])  # f itself
    logistic = Cost(loss.forward(score, label), float(loss.backward()[0]))
    return logistic, Cost(zero_one_loss(score, label), 0.0)


class Losses(Explorer):
    """The explorer: an outlier and one ordinary point to move, and two lines that answer."""

    title = N_("Losses and an outlier")
    choices = (
        Choice("height", N_("height y of the outlier"), HEIGHTS, 0.0),
        Choice("place", N_("place x of the outlier"), PLACES, 5.0),
        Choice("point", N_("height y of an ordinary point"), POINTS, float(Y[MOVED])),
        Choice(
            "view",
            N_("on the right"),
            tuple(VIEWS),
            "residual",
            shown=(N_("over the residual (regression)"), N_("over the margin (classification)")),
            kind="choice",
        ),
        Choice("margin", N_("margin y·f (for classification)"), MARGINS, 1.0),
    )

    def __init__(self, squared=SquaredLoss, absolute=AbsoluteLoss):
        self.parts = {
            "squared": as_function(squared, "squared"),
            "absolute": as_function(absolute, "absolute"),
        }
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Make the figure: the lines on the left, their losses, and one sample's on the right."""
        figure = new_figure(9.4, 3.7)
        grid = figure.add_gridspec(1, 3, width_ratios=(1.25, 1, 1.25))
        bars = figure.add_subplot(grid[1])
        points = self.prepare_points(figure.add_subplot(grid[0]))
        self.prepare_bars(bars)
        self.views = {view: figure.add_subplot(grid[2]) for view in VIEWS}
        self.prepare_residual(self.views["residual"])
        self.prepare_margin(self.views["margin"])
        legend_below(figure, [*self.lines.values(), *points])
        bars = [bar for group in self.bars.values() for bar in group]
        marks = [mark for pair in self.marks.values() for mark in pair]
        moving = [*bars, *self.texts, *self.lines.values(), *points, *marks]
        self.live = LivePicture(figure, moving, seldom=self.views.values())

    def prepare_points(self, ax):
        """Draw the points that stay, and return the two that move; lines come into self.lines."""
        ax.set(xlim=(-0.2, 6.2), ylim=(-2, 7), xlabel="x", ylabel="y")
        ax.set_title(_("The line that each loss prefers"))
        ax.plot(np.delete(X, MOVED), np.delete(Y, MOVED), "o", color=COLORS["sky blue"], mec="k")
        names = {"squared": _("best by squared error"), "absolute": _("best by absolute error")}
        self.lines = {
            name: ax.plot([], [], LOOKS[name][1], color=LOOKS[name][0], lw=2, label=label)[0]
            for name, label in names.items()
        }
        how = {"ls": "", "mec": "black"}
        color = COLORS["green"]
        (self.dot,) = ax.plot(
            [], [], marker="D", ms=8, color=color, label=_("point to move"), **how
        )
        color = COLORS["yellow"]
        (self.star,) = ax.plot([], [], marker="*", ms=15, color=color, label=_("outlier"), **how)
        return [self.dot, self.star]

    def prepare_bars(self, ax):
        """Make a pair of bars for each kind of loss, with its value above."""
        ax.set(ylim=(0, 4.5), xticks=range(3), xticklabels=["MSE", "RMSE", "MAE"])
        ax.set_title(_("Losses of both lines"))
        ax.grid(axis="x", visible=False)
        self.bars, self.texts = {}, []
        for name, shift in (("squared", -0.21), ("absolute", 0.21)):
            color, _dash, _marker, hatch = LOOKS[name]
            places = np.arange(3) + shift
            self.bars[name] = ax.bar(
                places, 1, 0.4, color=color, alpha=0.8, hatch=hatch, ec="black"
            )
            how = {"ha": "center", "va": "bottom", "fontsize": 7.5}
            self.texts += [ax.text(place, 0, "", **how) for place in places]

    def prepare_residual(self, ax):
        """Draw both losses of one sample over its residual."""
        ax.set(xlim=(-6.3, 6.3), ylim=(0, 40), xticks=range(-6, 7, 2))
        ax.set_xlabel(_("residual r = ŷ − y"))
        ax.set_title(_("What one point costs"))
        names = {"squared": _("squared error"), "absolute": _("absolute error")}
        self.marks = {}
        for name, label in names.items():
            values = [cost_of_residual(self.parts[name], r).loss for r in RESIDUALS]
            self.marks[name] = curve(ax, name, RESIDUALS, values, label)
        ax.legend(loc="upper center", fontsize=9)

    def prepare_margin(self, ax):
        """Draw both losses of one sample over its margin."""
        ax.set(xlim=(-4.3, 4.3), ylim=(0, 4.6), xlabel=_("margin y·f"))
        ax.set_title(_("What one sample costs"))
        margins = np.linspace(-4.2, 4.2, 169)
        costs = [costs_of_margin(m) for m in margins]
        names = {"logistic": _("logistic loss"), "zero_one": _("0-1 loss")}
        for place, (name, label) in enumerate(names.items()):
            values = [cost[place].loss for cost in costs]
            self.marks[name] = curve(ax, name, margins, values, label)
        ax.legend(loc="upper right", fontsize=9)

    def unused(self, view, **values):
        return ["margin"] if view == "residual" else []

    def look(self, height, place, point, view, margin):
        """Fit both lines with the learner's losses, draw everything, and say the numbers."""
        now = compare(place, height, point, **self.parts)
        found = {"squared": now.squared, "absolute": now.absolute}
        self.dot.set_data([X[MOVED]], [point])
        self.star.set_data([place], [height])
        for i, (name, one) in enumerate(found.items()):
            self.show_fit(name, one, self.texts[3 * i : 3 * i + 3])
        words = self.show_residuals(found) if view == "residual" else self.show_margin(margin)
        self.show_view(view)
        self.live.facts = facts(*fit_words(place, height, point, found), *words)
        return self.live

    def show_view(self, view):
        """Show one of the two pictures on the right, with its markers."""
        if not self.views[view].get_visible():
            self.live.refresh()
        for name, ax in self.views.items():
            ax.set_visible(name == view)
            for curve_name in VIEWS[name]:
                for artist in self.marks[curve_name]:
                    artist.set_visible(name == view)

    def show_residuals(self, found):
        """Mark what the outlier costs each line; return the sentences about it."""
        costs = {
            name: cost_of_residual(self.parts[name], one.residual)
            for name, one in found.items()
            if one
        }
        for name, one in found.items():
            mark(self.marks[name], one and one.residual, costs.get(name))
        return residual_words(found, costs)

    def show_margin(self, margin):
        """Mark what a sample with this margin costs; return the sentences about it."""
        costs = dict(zip(VIEWS["margin"], costs_of_margin(margin), strict=True))
        for name, cost in costs.items():
            mark(self.marks[name], margin, cost)
        return margin_words(margin, costs)

    def show_fit(self, name, one, texts):
        """Draw one line, its bars and their values; nothing for a line that was not found."""
        ends = np.array([0, 6])
        line = one.slope * ends + one.intercept if one else []
        self.lines[name].set_data(ends if one else [], line)
        heights = (one.mse, one.rmse, one.mae) if one else (0, 0, 0)
        for bar, text, value in zip(self.bars[name], texts, heights, strict=True):
            bar.set_height(value)
            text.set_y(min(value, 4.1) + 0.05)
            text.set_text(f"{value:.2f}" if one else "–")


def curve(ax, name, x, values, label):
    """Draw a loss over x; return (tangent, marker), which move along it."""
    color, dash, shape, _hatch = LOOKS[name]
    ax.plot(x, values, dash, color=color, lw=2, label=label)
    (tangent,) = ax.plot([], [], "-", color="black", lw=1.2)
    (marker,) = ax.plot([], [], shape, color=color, ms=9, mec="black")
    return tangent, marker


def mark(marks, x, cost):
    """Put the marker and its short tangent at x, or nowhere if there is no cost."""
    tangent, marker = marks
    if cost is None:
        tangent.set_data([], [])
        marker.set_data([], [])
        return
    sides = np.array([-0.8, 0.8])
    tangent.set_data(x + sides, cost.loss + cost.slope * sides)
    marker.set_data([x], [cost.loss])


def line_text(one):
    """Write a line as a formula."""
    sign = "−" if one.intercept < 0 else "+"
    return f"ŷ = {number(one.slope, 4)} x {sign} {number(abs(one.intercept), 4)}"


def fit_words(place, height, point, found):
    """Sentences about the points, both lines, and the pull of the outlier."""
    yield _(
        "Outlier at x = {x}, y = {y}; point {i} at y = {point}.",
        x=number(place, 4),
        y=number(height, 4),
        i=MOVED + 1,
        point=number(point, 4),
    )
    names = {"squared": N_("Squared error"), "absolute": N_("Absolute error")}
    for name, one in found.items():
        if one is None:
            yield _("{loss} leads to no line: check value and gradient.", loss=_(names[name]))
            continue
        yield _(
            "{loss} prefers {line}: MSE {mse}, RMSE {rmse}, mean absolute error (MAE) {mae}.",
            loss=_(names[name]),
            line=line_text(one),
            mse=number(one.mse, 4),
            rmse=number(one.rmse, 4),
            mae=number(one.mae, 4),
        )
    if all(found.values()):
        yield _(
            "At its place the outlier moves the first line by {squared}, the second by {other}.",
            squared=number(found["squared"].pull, 4),
            other=number(found["absolute"].pull, 4),
        )


COST_WORDS = {
    "squared": N_(
        "To the first line it has the residual r = {r}: squared error {loss}, slope {slope}."
    ),
    "absolute": N_("To the second r = {r}: absolute error {loss}, slope {slope}."),
}


def residual_words(found, costs):
    """Sentences about what the outlier costs, and how steep the loss is there."""
    for name, cost in costs.items():
        yield _(
            COST_WORDS[name],
            r=number(found[name].residual, 4),
            loss=number(cost.loss, 4),
            slope=number(cost.slope, 4),
        )
        if name == "absolute" and found[name].residual == 0:
            yield _("There is the kink of |r|: any slope from −1 to 1 would do.")


def margin_words(margin, costs):
    """Sentences about what a sample with this margin costs, and how steep the losses are there."""
    yield _(
        "Margin y·f = {margin}: logistic loss {loss} with slope {slope}; 0-1 loss {zero_one}.",
        margin=number(margin, 4),
        loss=number(costs["logistic"].loss, 4),
        slope=number(costs["logistic"].slope, 4),
        zero_one=number(costs["zero_one"].loss, 4),
    )
    if margin == 0:
        yield _("At 0 the 0-1 loss jumps: it has no slope there.")
    else:
        yield _("The 0-1 loss is flat here: slope 0, nothing to follow.")


def losses(squared=SquaredLoss, absolute=AbsoluteLoss):
    """Explore losses with your own: classes with forward and backward, or functions.

    A function takes (y_hat, y), both (N,), and returns (loss, gradient (N,)).
    """
    return Losses(squared, absolute)
