"""The step of a gradient check: nudge by too much or too little, and the check itself is off.

`measure` runs the learner's numerical_gradient over all steps h; `GradientCheck` shows the errors.
"""

from functools import partial
from typing import NamedTuple

import numpy as np

from ..i18n import N_, _
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts, number
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

# Four steps a decade. Written, not computed, so that every machine has the same ones.
STEPS = (*(f"{m}e{e}" for e in range(-12, -1) for m in ("1", "1.8", "3.2", "5.6")), "1e-1")
H = tuple(map(float, STEPS))
TYPES = ("float64", "float32")
LIMITS = (6e-13, 2e-1), (1e-13, 3)  # of h and of the error in the picture
RIGHT, SUSPICIOUS = 1e-7, 1e-5  # errors below are right, or suspicious: as check_gradients has it
VERDICTS = {"right": N_("right"), "suspicious": N_("suspicious"), "wrong": N_("wrong")}
SHADES = {"right": ("green", 0.16), "suspicious": ("yellow", 0.2), "wrong": ("orange", 0.1)}
BUGS = {"right": 1.0, "1.0001": 1.0001, "1.01": 1.01, "sign": -1.0}
BUG_NAMES = (N_("right"), N_("wrong: × 1.0001"), N_("wrong: × 1.01"), N_("wrong: its sign"))


def steady_tanh(z):
    """tanh(z) for |z| < 2 by Lambert's continued fraction, z / (1 + z²/(3 + z²/(5 + ...))).

    Plain + × ÷ round alike on every machine, np.tanh does not; so the round-off shown here is the
    same everywhere.
    """
    below = 25
    for odd in range(23, 0, -2):
        below = odd + z * z / below
    return z / below


class TanhNet:
    """The loss of a net of 1 input, 2 tanh units, 1 output, as a function of one first weight w."""

    name = N_("loss of a tanh net")
    at, kink = 0.5, None
    x, y = np.array([[-1.0], [-0.25], [0.5], [1.25]]), np.array([-0.5, 0.25, 0.75, 0.5])
    other, b, v = -1.0, np.array([0.25, 0.625]), np.array([1.5, -0.75])  # unit 2's weight, ...

    def parts(self, w, kind):
        """Return a (4, 2), the tanh units of each sample, and the residuals r (4,)."""
        both = np.array([w[0], self.other], kind)
        a = steady_tanh(self.x.astype(kind) * both + self.b.astype(kind))
        outputs = a * self.v.astype(kind)
        return a, outputs[:, 0] + outputs[:, 1] - self.y.astype(kind)

    def value(self, w, kind):
        _a, r = self.parts(w, kind)
        return np.mean(r * r)

    def slope(self):
        """The chain rule: mean of 2 r · v₁ · (1 − a₁²) · x."""
        a, r = self.parts(np.array([self.at]), "float64")
        return float(np.mean(2 * r * self.v[0] * (1 - a[:, 0] ** 2) * self.x[:, 0]))


class FourthPower:
    """f(w) = w⁴ at w = 2."""

    name = N_("f(w) = w⁴")
    at, kink = 2.0, None

    def value(self, w, kind):
        w = np.asarray(w, kind)[0]
        return w * w * (w * w)

    def slope(self):
        return 4 * self.at**3


class KinkNet:
    """The loss of one ReLU unit and one sample: the unit switches off just below the point."""

    name = N_("loss of a ReLU net near its kink")
    at, kink = 0.5, 2.0**-12  # kink: how far away it is
    x, y, v, c = 1.0, 1.0, 2.0, 0.25

    def residual(self, w, kind):
        z = np.asarray(w, kind)[0] * self.x - (self.at - self.kink)
        return np.maximum(z, 0) * self.v + self.c - self.y

    def value(self, w, kind):
        r = self.residual(w, kind)
        return r * r

    def slope(self):
        return float(2 * self.residual([self.at], "float64") * self.v * self.x)


FUNCTIONS = {"tanh": TanhNet(), "power": FourthPower(), "kink": KinkNet()}


def central_difference(f, w, h=1e-5):
    """Return (f(w + h) − f(w − h)) / 2h for each number of the array w."""
    dw = np.zeros_like(w)
    for at in np.ndindex(w.shape):
        nudge = np.zeros_like(w)
        nudge[at] = h
        dw[at] = (f(w + nudge) - f(w - nudge)) / (2 * h)
    return dw


class Curve(NamedTuple):
    """What nudging says in one number type: slopes (45,), one for each h, and what f was given."""

    slopes: np.ndarray
    given: set  # names of the number types in which f got its w


def nudged(numerical_gradient, function, kind, h):
    """Run numerical_gradient at one point; return the slope as a float, and the types f got."""
    given = set()

    def f(w):
        given.add(str(np.asarray(w).dtype))
        return function.value(w, kind)

    found = np.asarray(numerical_gradient(f, np.array([function.at], kind), h))
    if found.size != 1 or not np.issubdtype(found.dtype, np.number):
        wanted = "a gradient of shape (1,), the shape of w"
        raise ValueError(f"numerical_gradient: expected {wanted}, got {found!r:.60}")
    return float(found.reshape(())), given


def measure(function, kind, numerical_gradient=central_difference):
    """Return the Curve of a function over all steps, f computing in the number type `kind`."""
    with np.errstate(all="ignore"):  # a slope of inf or nan shows in the error
        found = [nudged(numerical_gradient, function, kind, h) for h in H]
    return Curve(np.array([slope for slope, _given in found]), set().union(*(g for _s, g in found)))


def error(formula, slopes):
    """Return |formula − nudged| / (|formula| + |nudged|), the measure of check_gradients."""
    return np.abs(formula - slopes) / np.maximum(np.abs(formula) + np.abs(slopes), 0.01)


def verdict(error):
    """The word of check_gradients for an error; nan is wrong."""
    return "right" if error < RIGHT else "suspicious" if error < SUSPICIOUS else "wrong"


class Theory(NamedTuple):
    """What to expect of a central difference: error = bend · h² + grain / h."""

    bend: float
    grain: float

    def least(self):
        """Return the best h and its error."""
        h = (self.grain / (2 * self.bend)) ** (1 / 3)
        return h, self.bend * h**2 + self.grain / h


def theory(function, kind):
    """Truncation from a step where it is all that counts; round-off of one unit in f's last bit."""
    slope, h = function.slope(), 1e-2
    found, _given = nudged(central_difference, function, "float64", h)
    bend = 0.0 if function.kink else float(error(slope, found)) / h**2
    height = float(function.value(np.array([function.at]), "float64"))
    return Theory(bend, float(np.finfo(kind).eps) * height / (4 * abs(slope)))


def power(value):
    """Write the order of magnitude of a number: 1e-11, 1e-2, 1."""
    if not np.isfinite(value) or value == 0:
        return number(value, 1)
    exponent = round(float(np.log10(abs(value))))
    return "1" if exponent == 0 else f"1e{exponent}"


class GradientCheck(Explorer):
    """The explorer: errors over h for both number types, and the verdict at the chosen h."""

    title = N_("Gradient check: how far to nudge")
    choices = (
        Choice("h", N_("step h"), H, 1e-5, shown=STEPS),
        Choice("kind", N_("number type"), TYPES, "float64", kind="choice"),
        Choice(
            "function",
            N_("function of one weight w"),
            tuple(FUNCTIONS),
            "tanh",
            shown=tuple(one.name for one in FUNCTIONS.values()),
            kind="choice",
        ),
        Choice(
            "bug", N_("gradient by formula"), tuple(BUGS), "right", shown=BUG_NAMES, kind="choice"
        ),
    )

    def __init__(self, numerical_gradient=central_difference):
        self.numerical_gradient = numerical_gradient
        self.measured, self.drawn = {}, None
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Draw what stays: axes and verdicts; and make the lines that `look` fills."""
        figure = new_figure(8.2, 4.0)
        self.ax = ax = figure.subplots()
        ax.set(xscale="log", yscale="log", xlim=LIMITS[0], ylim=LIMITS[1], title=" ")
        ax.set(xlabel=_("step h"), ylabel=_("relative error"))
        ax.set_xticks(10.0 ** np.arange(-12, 0))
        ax.set_yticks(10.0 ** np.arange(-13, 1, 2))
        ax.minorticks_off()
        ax.grid(False)
        edges = (LIMITS[1][0], RIGHT, SUSPICIOUS, LIMITS[1][1])
        for word, low, high in zip(VERDICTS, edges[:-1], edges[1:], strict=True):
            color, strength = SHADES[word]
            ax.axhspan(low, high, color=COLORS[color], alpha=strength, lw=0, zorder=0)
            place = (1.01, np.sqrt(low * high))
            ax.text(*place, _(VERDICTS[word]), transform=ax.get_yaxis_transform(), va="center")
        for level in edges[1:-1]:
            ax.axhline(level, color=GRAY, lw=0.8, ls="--", zorder=1)
        self.live = LivePicture(figure, *self.artists(figure))

    def artists(self, figure):
        """Make what moves with each step, and what changes with the function only."""
        line = partial(self.ax.plot, [], [])
        looks = {"float64": ("blue", "o", "-"), "float32": ("orange", "s", "--")}
        self.lines, self.guides = {}, {}
        for kind, (color, marker, dash) in looks.items():
            self.guides[kind] = line(":", color=GRAY, lw=1.5)[0]
            made = {"color": COLORS[color], "marker": marker, "ls": dash, "ms": 3.5, "lw": 1.1}
            self.lines[kind] = line(label=_("your check in {kind}", kind=kind), **made)[0]
        self.guides["bend"] = line(":", color=GRAY, lw=1.5, label=_("theory"))[0]
        text = partial(self.ax.text, va="bottom", color="black", fontsize=9.5)
        small = _("h too small:\nround-off ∝ ε/h")
        text(LIMITS[0][0] * 1.3, 2.5e-13, small)
        self.words_right = text(LIMITS[0][1] / 1.3, 2.5e-13, "", ha="right")
        self.rule = self.ax.axvline(1, color=GRAY, lw=1, alpha=0.4)
        star = {"ms": 15, "color": COLORS["yellow"], "markeredgecolor": "black"}
        self.star = line("*", label=_("chosen"), **star)[0]
        figure.legend(loc="outside lower center", ncols=4)
        seldom = [*self.guides.values(), *self.lines.values(), self.words_right]
        return [self.rule, self.star, self.ax.title], seldom

    def curve(self, name, kind):
        """The learner's slopes of a function; computed once, they do not depend on h or a bug."""
        if (name, kind) not in self.measured:
            found = measure(FUNCTIONS[name], kind, self.numerical_gradient)
            self.measured[name, kind] = found
        return self.measured[name, kind]

    def look(self, h, kind, function, bug):
        """Move the star to h, draw the curves anew if they changed, and say the verdict."""
        formula = BUGS[bug] * FUNCTIONS[function].slope()
        if (function, bug) != self.drawn:
            self.redraw(function, formula)
            self.drawn = function, bug
        slope = self.curve(function, kind).slopes[H.index(h)]
        found = float(error(formula, slope))
        self.rule.set_xdata([h, h])
        self.star.set_data([h], [np.clip(found, *LIMITS[1])])
        step = STEPS[H.index(h)]
        word = _(VERDICTS[verdict(found)])
        self.ax.set_title(_("h = {h}, {kind}: {word}", h=step, kind=kind, word=word))
        self.live.facts = facts(
            *self.words(step, kind, function, bug, formula, slope, found),
            self.reason(h, kind, FUNCTIONS[function]),
            self.planted(h, kind, function, bug, found),
            *self.general(kind, function),
        )
        return self.live

    def redraw(self, name, formula):
        """Fill the curves and the lines of theory."""
        function, h = FUNCTIONS[name], np.array(H)
        for kind in TYPES:
            slopes = self.curve(name, kind).slopes
            self.lines[kind].set_data(h, np.clip(error(formula, slopes), *LIMITS[1]))
            self.guides[kind].set_data(h, np.minimum(theory(function, kind).grain / h, 1))
        bend = theory(function, "float64").bend * h**2
        self.guides["bend"].set_data(*((h, bend) if bend.any() else ([], [])))
        crossed = _("h too large: it\ncrosses the kink")
        bent = _("h too large:\ntruncation ∝ h²")
        self.words_right.set_text(crossed if function.kink else bent)
        self.live.refresh()

    def words(self, step, kind, name, bug, formula, slope, found):
        """The setting, both gradients, and the verdict."""
        function = FUNCTIONS[name]
        setting = _(
            "{name} at w = {w}, {kind}, h = {h}.",
            name=_(function.name),
            w=number(function.at, 3),
            kind=kind,
            h=step,
        )
        both = N_("Gradient by formula {formula}, by nudging {slope}.")
        if bug != "right":
            both = N_("Gradient by formula {formula} ({bug}), by nudging {slope}.")
        both = _(
            both,
            formula=number(formula, 4),
            bug=_(BUG_NAMES[list(BUGS).index(bug)]),
            slope=number(slope, 4),
        )
        size = _("not a number") if np.isnan(found) else _("about {size}", size=power(found))
        word = _(VERDICTS[verdict(found)])
        return setting, both, _("Relative error {size}: {word}.", size=size, word=word)

    def reason(self, h, kind, function):
        """Which of the two errors is the larger one at h, by theory."""
        w, nudge = np.array([function.at, h], kind)
        if w + nudge == w or w - nudge == w:
            return _("{kind} cannot tell w + h from w: h is too small.", kind=kind)
        if function.kink and h > function.kink:
            return _(
                "The nudge reaches over the kink, {far} away: no h as large as this will do.",
                far=number(function.kink, 1),
            )
        expected = theory(function, kind)
        ratio = expected.bend * h**3 / expected.grain
        if ratio > 100:
            return _("Truncation is the larger error here: a smaller h is better.")
        if ratio < 0.01:
            return _("Round-off is the larger error here: a larger h is better.")
        return _("Truncation and round-off both count here: h is near the best.")

    def planted(self, h, kind, name, bug, found):
        """Whether the check sees the planted bug: a right formula must get a better verdict."""
        if bug == "right":
            return ""
        slope = self.curve(name, kind).slopes[H.index(h)]
        honest = verdict(float(error(FUNCTIONS[name].slope(), slope)))
        if list(VERDICTS).index(honest) >= list(VERDICTS).index(verdict(found)):
            return _("A right formula would get no better verdict: the check is blind here.")
        return _(
            "A right formula would be called {word}: the check sees the bug.",
            word=_(VERDICTS[honest]),
        )

    def general(self, kind, name):
        """What holds for all h: the best ones, how the error falls, and in which numbers."""
        function = FUNCTIONS[name]
        if not function.kink:
            yield self.best(function)
            h, slopes = np.array(H), self.curve(name, "float64").slopes
            large, small = error(function.slope(), slopes[np.isin(h, (1e-1, 1e-2))])[::-1]
            yield _(
                "From h = 0.1 to h = 0.01 your error falls to about {share} of what it was.",
                share=power(small / max(large, 1e-300)),
            )
        if kind == "float32" and self.curve(name, kind).given != {"float32"}:
            yield _("Your function made float64 of w; f rounds it to float32 and computes in that.")

    def best(self, function):
        """The best h of both number types, by theory."""
        (h64, e64), (h32, e32) = (theory(function, kind).least() for kind in TYPES)
        return _(
            "Best by theory: h near {h64} in float64 (error about {e64}), "
            "near {h32} in float32 (about {e32}).",
            h64=power(h64),
            e64=power(e64),
            h32=power(h32),
            e32=power(e32),
        )


def gradient_check(numerical_gradient=None):
    """Explore the step of a gradient check, with your own numerical_gradient(f, w, h)."""
    given = {} if numerical_gradient is None else {"numerical_gradient": numerical_gradient}
    check_parts(**given)
    return GradientCheck(**given)
