"""Gradient descent on a surface, one step at a time: to a minimum, to a saddle, or away.

`next_place` makes a step with the learner's own update; `Descent` plays it.
"""

from math import hypot, isnan
from typing import NamedTuple

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.lines import Line2D

from ..i18n import N_, _, n_
from ..plots.picture import COLORS, legend_below, new_figure, nice_limits, style
from ..plots.words import facts, number
from .live import LivePicture
from .panel import Choice, check_parts
from .player import Player

HALF = 3  # starts go from -HALF to HALF in both directions
EDGE = 3.2  # of the picture
STARTS = tuple(i / 10 for i in range(-10 * HALF, 10 * HALF + 1))
RATES = (
    *(0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.045, 0.05, 0.055),
    *(0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2),
)
MOMENTUMS = tuple(i / 20 for i in range(20))
NOISES = {0.0: N_("none"), 0.3: N_("small"), 2.0: N_("large")}  # standard deviations
MOST = 200  # steps
PAUSE = 0.15  # seconds from step to step
JOINED = 40  # of the steps with noise are joined by lines, those before are points
LOWS, HIGHS = (1e-3, 1e-7, 1e-13), (1e3, 1e8)  # limits of logarithmic axes
FLAT = 1e-6  # a gradient shorter than this is none
TOO_FAR = 1e3  # beyond this the descent has run away
NEAR = 0.01  # so close to a minimum, a flat place is that minimum


class Surface(NamedTuple):
    """A function of x and y to go down on, its gradient, and what is to be found there."""

    name: str
    value: object  # (x, y) -> float
    gradient: object  # (x, y) -> (dx, dy)
    minima: tuple = ()  # (x, y), the lowest first
    floor: float | None = None  # the lowest value to show; None: down to 0, on a logarithmic axis
    flat: str = ""  # what a flat place that is no minimum is


def wells_value(x, y):
    """Two minima near x = -2 and x = 2; x/5 makes the left one the lower one."""
    return (x * x - 4) ** 2 / 16 + x / 5 + y * y


SADDLE = N_(
    "It rests on a saddle: the gradient is zero, but it is no minimum. Beside it a way leads down."
)
TERRACE = N_(
    "It rests where the gradient is zero, but it is no minimum: below y = 0 the way leads down."
)
SURFACES = {
    "bowl": Surface(
        N_("x² + y²"), lambda x, y: x * x + y * y, lambda x, y: (2 * x, 2 * y), ((0.0, 0.0),)
    ),
    "cubic": Surface(
        N_("x² + y³"),
        lambda x, y: x * x + y * y * y,
        lambda x, y: (2 * x, 3 * y * y),
        floor=-20,
        flat=TERRACE,
    ),
    "valley": Surface(
        N_("a narrow valley: x² + 20y²"),
        lambda x, y: x * x + 20 * y * y,
        lambda x, y: (2 * x, 40 * y),
        ((0.0, 0.0),),
    ),
    "wells": Surface(
        N_("two minima: (x² − 4)²/16 + x/5 + y²"),
        wells_value,
        lambda x, y: (x * (x * x - 4) / 4 + 1 / 5, 2 * y),
        ((-2.09336106, 0.0), (1.89129855, 0.0)),  # x³ - 4x + 0.8 = 0; the root between is a saddle
        floor=-0.5,
        flat=SADDLE,
    ),
    "saddle": Surface(
        N_("a saddle: x² − y² + y⁴/8"),
        lambda x, y: x * x - y * y + y * y * y * y / 8,
        lambda x, y: (2 * x, y * (y * y - 4) / 2),
        ((0.0, -2.0), (0.0, 2.0)),
        floor=-2.5,
        flat=SADDLE,
    ),
}


class Place(NamedTuple):
    """Where the descent is: the point, the velocity that led to it, and the slope there."""

    x: float
    y: float
    vx: float
    vy: float
    dx: float
    dy: float

    @property
    def steepness(self):
        return hypot(self.dx, self.dy)


def plain_update(w, b, dw, db, lr):
    """One step of gradient descent."""
    return w - lr * dw, b - lr * db


def place_at(x, y, slope, velocity=(0.0, 0.0)):
    """Return the Place at x, y for slope(x, y) -> (dx, dy)."""
    x, y = float(x), float(y)
    dx, dy = slope(x, y)
    return Place(x, y, *velocity, float(dx), float(dy))


def next_place(place, slope, update, lr, momentum=0.0, push=(0.0, 0.0)):
    """Make one step: update(w, b, dw, db, lr) with w = x, b = y, and the velocity as gradient.

    push is the noise that is added to the gradient.
    """
    vx = momentum * place.vx + place.dx + push[0]
    vy = momentum * place.vy + place.dy + push[1]
    x, y = update(place.x, place.y, vx, vy, lr)
    return place_at(x, y, slope, (vx, vy))


def is_away(place):
    """Whether the descent has run away."""
    return not max(abs(place.x), abs(place.y)) <= TOO_FAR  # so nan is away too


def rests(place, momentum):
    """Whether neither the gradient nor the momentum would move the point."""
    return place.steepness < FLAT and momentum * hypot(place.vx, place.vy) < FLAT


def nearest(surface, place):
    """Return (the minimum nearest to a place, its distance), or None if there is no minimum."""
    away = [(hypot(place.x - x, place.y - y), (x, y)) for x, y in surface.minima]
    return min(away)[::-1] if away else None


def outcome(surface, places, momentum=0.0, noise=0.0):
    """Return how it stands after these places, as a word; only "start" and "going" may go on."""
    here = places[-1]
    if is_away(here):
        return "away"
    if len(places) == 1:
        return "start"
    if not noise and rests(here, momentum):
        found = nearest(surface, here)
        return "minimum" if found and found[1] < NEAR else "flat"
    return "going" if len(places) <= MOST else "over"


class Descent(Player):
    """The explorer: a surface from above with the way down it, and the value at each step."""

    title = N_("Gradient descent, step by step")
    free = ("lr", "momentum", "noise")
    choices = (
        Choice(
            "surface",
            N_("surface"),
            tuple(SURFACES),
            "bowl",
            shown=tuple(surface.name for surface in SURFACES.values()),
            kind="choice",
        ),
        Choice("x", N_("start x"), STARTS, 2.5),
        Choice("y", N_("start y"), STARTS, 1.5),
        Choice("lr", N_("learning rate η"), RATES, 0.1),
        Choice("momentum", N_("momentum"), MOMENTUMS, 0.0),
        Choice(
            "noise",
            N_("noise of the gradient"),
            tuple(NOISES),
            0.0,
            shown=tuple(NOISES.values()),
            kind="choice",
        ),
    )

    def __init__(self, gradient=None, update=None):
        given = {"gradient": gradient, "update": update}
        check_parts(**{name: part for name, part in given.items() if part is not None})
        self.slopes = {name: surface.gradient for name, surface in SURFACES.items()}
        self.slopes["cubic"] = gradient or self.slopes["cubic"]
        self.rule, self.frame = update or plain_update, None
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Make the figure: the surface from above on the left, the value on the right."""
        figure = new_figure(8.2, 3.7)
        self.left = figure.add_subplot(1, 2, 1)
        self.left.set(xlim=(-EDGE, EDGE), ylim=(-EDGE, EDGE), xlabel="x", ylabel="y")
        self.left.set(aspect="equal", title=_("From above (darker: lower)"))
        self.left.grid(False)
        self.rights = {name: figure.add_subplot(1, 2, 2) for name in ("log", "linear")}
        self.rights["log"].set(yscale="log")
        for ax in self.rights.values():
            ax.set(xlabel=_("step"), ylabel=_("value f(x, y)"))
        self.maps = {name: level_lines(self.left, surface) for name, surface in SURFACES.items()}
        self.prepare_moving()
        legend_below(figure, [self.stars, self.first, self.way, self.arrow_key])
        maps = [artist for pair in self.maps.values() for artist in pair]
        seldom = [*maps, self.left.xaxis, *self.rights.values()]
        moving = [self.older, self.way, self.stars, self.first, self.arrow, self.now]
        moving += [*self.curves.values(), *(ax.title for ax in self.rights.values())]
        self.live = LivePicture(figure, moving, seldom)

    def prepare_moving(self):
        """Make the artists that change with each step."""
        ax, how = self.left, {"mec": "black", "ls": ""}
        dots = {"marker": ".", "ms": 4, "lw": 1}
        self.stars = ax.plot([], [], "*", ms=14, color="white", label=_("minimum"), **how)[0]
        self.first = ax.plot([], [], "s", ms=8, color="white", label=_("start"), **how)[0]
        self.way = ax.plot([], [], color=COLORS["orange"], label=_("way"), **dots)[0]
        self.older = ax.plot([], [], ".", ms=4, mew=0, color=COLORS["orange"])[0]
        self.now = ax.plot([], [], "o", ms=8, color=COLORS["orange"], **how)[0]
        self.arrow = ax.quiver(
            *([0], [0], [1], [0]), angles="xy", scale_units="xy", scale=1, width=0.011
        )
        self.arrow_key = Line2D(
            [], [], marker=">", color="black", lw=2, label=_("against the gradient")
        )
        self.curves = {
            name: ax.plot([], [], color=COLORS["blue"], ms=6, lw=1.2)[0]
            for name, ax in self.rights.items()
        }

    def start(self, surface, x, y, lr, momentum, noise):
        slope = self.slopes[surface]
        self.places = [place_at(x, y, slope)]  # first: it is the learner's code, which may stop
        self.ground, self.slope = SURFACES[surface], slope
        self.random = np.random.default_rng(0)
        self.free_values, self.noisy = (lr, momentum, noise), noise > 0

    def adjust(self, lr, momentum, noise, **others):
        self.free_values, self.noisy = (lr, momentum, noise), self.noisy or noise > 0
        self.ended = self.is_over()  # noise may set it going again
        self.show_state()

    def pause(self):
        return PAUSE

    def advance(self):
        lr, momentum, noise = self.free_values
        push = noise * self.random.normal(size=2)  # drawn without noise too: the same ones later
        self.places.append(
            next_place(self.places[-1], self.slope, self.rule, lr, momentum, push.tolist())
        )
        return not self.is_over()

    def outcome(self):
        """How it stands now, as a word."""
        _lr, momentum, noise = self.free_values
        return outcome(self.ground, self.places, momentum, noise)

    def is_over(self):
        """Whether no further step would lead anywhere."""
        return self.outcome() not in ("start", "going")

    def look(self, **values):
        """Draw the way so far, and say where it has led."""
        values = [self.ground.value(place.x, place.y) for place in self.places]
        self.show_map()
        self.show_values(values)
        self.live.facts = facts(*self.words(values))
        return self.live

    def show_map(self):
        """Draw the way from above; what lies outside of the picture is cut off."""
        for name, artists in self.maps.items():
            for artist in artists:
                artist.set_visible(SURFACES[name] is self.ground)
        here = self.places[-1]
        self.stars.set_data(*np.reshape(self.ground.minima, (-1, 2)).T)
        x, y = [place.x for place in self.places], [place.y for place in self.places]
        joined = JOINED if self.noisy else len(x)
        self.way.set_data(x[-joined:], y[-joined:])
        self.older.set_data(x, y)
        self.first.set_data([self.places[0].x], [self.places[0].y])
        self.now.set_data([here.x], [here.y])
        length = min(0.5 * here.steepness, 1.2)
        shown = max(abs(here.x), abs(here.y)) < EDGE and length > 0.15
        self.arrow.set_visible(shown)
        if shown:
            self.arrow.set_offsets([[here.x, here.y]])
            self.arrow.set_UVC(*(-length * slope / here.steepness for slope in here[-2:]))

    def show_values(self, values):
        """Draw the value at each step, on the axes that suit the surface."""
        kind = "log" if self.ground.floor is None else "linear"
        end = next(end for end in (10, 25, 50, 100, MOST) if end >= len(values) - 1)
        low, high = log_limits(values) if kind == "log" else linear_limits(values, self.ground)
        self.rights[kind].set(xlim=(-0.02 * end, 1.02 * end), ylim=(low, high))
        if (self.ground, end, low, high) != self.frame:
            self.live.refresh()
        self.frame = self.ground, end, low, high
        for name, ax in self.rights.items():
            ax.set_visible(name == kind)
            ax.title.set_visible(name == kind)
            self.curves[name].set_visible(name == kind)
        self.rights[kind].set_title(self.headline())
        # 0 has no logarithm: such a value is drawn below the picture.
        shown = np.maximum(values, low / 10) if kind == "log" else values
        self.curves[kind].set_data(range(len(values)), shown)
        # Many steep lines make a large file, stairs do not.
        self.curves[kind].set_drawstyle("steps-mid" if self.noisy else "default")
        self.curves[kind].set_marker("." if end <= 50 else "")

    def headline(self):
        """How it stands, in a few words."""
        n = len(self.places) - 1
        match self.outcome():
            case "start":
                return _("The value at each step")
            case "away":
                return n_(
                    "It runs away: out of bounds after {n} step",
                    "It runs away: out of bounds after {n} steps",
                    n,
                )
            case "minimum":
                return n_("At a minimum after {n} step", "At a minimum after {n} steps", n)
            case "flat":
                return _("Flat, but no minimum")
            case "over":
                return _("{n} steps are over", n=n)
        return n_("The value after {n} step", "The value after {n} steps", n)

    def words(self, values):
        """What the picture shows."""
        lr, momentum, noise = self.free_values
        first, here = self.places[0], self.places[-1]
        yield _(
            "Surface {name}; η = {lr}, momentum {momentum}, noise of the gradient: {noise}.",
            name=_(self.ground.name),
            lr=lr,
            momentum=number(momentum, 2),
            noise=_(NOISES[noise]),
        )
        yield n_(
            "Start {first}; after {n} step at {here}: value {value}, gradient {gradient}.",
            "Start {first}; after {n} steps at {here}: value {value}, gradient {gradient}.",
            len(values) - 1,
            first=pair(first.x, first.y),
            here=pair(here.x, here.y),
            value=number(values[-1], 4),
            gradient=pair(here.dx, here.dy),
        )
        yield self.outcome_words(values)

    def outcome_words(self, values):
        """How it stands, in a sentence or two."""
        here, n = self.places[-1], len(values) - 1
        found = nearest(self.ground, here)
        match self.outcome():
            case "start":
                return _("Nothing has moved yet.")
            case "going":
                return last_step_words(*values[-2:])
            case "away":
                return away_words(here, n)
            case "minimum":
                minimum = minimum_words(self.ground, found[0])
                return _("It has arrived at {minimum}.", minimum=minimum)
            case "flat":
                return _(self.ground.flat)
        if not found:
            return _("{n} steps are over, and it does not rest.", n=n)
        return _(
            "{n} steps are over, and it does not rest: it is {distance} away from {minimum}.",
            n=n,
            distance=number(found[1], 3),
            minimum=minimum_words(self.ground, found[0]),
        )


def log_limits(values):
    """Limits of a logarithmic axis: the narrowest on offer, so that they seldom change."""
    low = next((low for low in LOWS if low <= min(values)), LOWS[-1])
    return low, next((high for high in HIGHS if high >= max(values)), HIGHS[-1])


def linear_limits(values, surface):
    """Limits of a linear axis, from the surface's floor to the start's value, which stay."""
    return nice_limits(surface.floor, max(values[0], surface.floor + 3))


LOWER = LinearSegmentedColormap.from_list("lower", ["#8FBBD9", "#FFFFFF"])


def level_lines(ax, surface):
    """Draw the surface from above on ax: colored bands and level lines, as a list of artists."""
    axis = np.linspace(-EDGE, EDGE, 97)
    x, y = np.meshgrid(axis, axis)
    z = surface.value(x, y)
    low, high = z.min(), z.max()
    # Closer levels near a minimum, where the surface is flat.
    levels = low + (high - low) * np.linspace(0, 1, 12) ** (2 if surface.minima else 1)
    bands = ax.contourf(x, y, z, levels, cmap=LOWER)
    how = {"colors": "#888888", "linewidths": 0.45, "linestyles": "solid"}
    lines = ax.contour(x, y, z, levels, antialiased=False, **how)  # makes half the file
    return [bands, lines]


def away_words(place, n):
    """How the descent has run away, after n steps."""
    if isnan(place.x) or isnan(place.y):
        return n_(
            "It runs away: after {n} step x or y is no number any more.",
            "It runs away: after {n} steps x or y is no number any more.",
            n,
        )
    return n_(
        "It runs away: after {n} step |x| or |y| is above {far}.",
        "It runs away: after {n} steps |x| or |y| is above {far}.",
        n,
        far=f"{TOO_FAR:.0f}",
    )


def last_step_words(before, now):
    """Where the last step has led; rounding alone is no change."""
    if abs(now - before) <= 1e-9 * abs(before):
        return _("The last step left the value as it was.")
    if now < before:
        return _("The last step led down.")
    return _("The last step led up.")


def minimum_words(surface, minimum):
    """Name a minimum by its place, and by its depth where there is a deeper or shallower one."""
    place = pair(*minimum)
    values = [surface.value(*one) for one in surface.minima]
    if max(values) - min(values) < FLAT:
        return _("the minimum {place}", place=place)
    if surface.value(*minimum) == min(values):
        return _("the lower minimum {place}", place=place)
    return _("the higher minimum {place}", place=place)


def pair(a, b):
    """Write two numbers as a point."""
    return f"({number(a, 4)}, {number(b, 4)})"


def descent(gradient=None, update=None):
    """Explore gradient descent on surfaces, with your own functions where you give them.

    gradient(x, y) -> (dx, dy) is that of x² + y³; update(w, b, dw, db, lr) -> (w, b) makes a step
    on all surfaces, with w = x and b = y. With momentum it gets the velocity as its gradient.
    """
    return Descent(gradient, update)
