"""Scores to probabilities to a loss: softmax and cross-entropy, on the learner's own code."""

from typing import NamedTuple

import numpy as np

from ..i18n import N_, _
from ..layers import Softmax
from ..losses import CrossEntropyLoss, check
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts, number
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

CLASSES = 3
SCORES = tuple(range(-10, 11))
LABELS = tuple(range(CLASSES))
START = (1, 2, 3)


class Look(NamedTuple):
    """What three scores lead to: p (3,), the loss for the label, and its gradient (3,)."""

    p: np.ndarray
    loss: float
    gradient: np.ndarray


def reference_softmax(scores):
    """mlpkit's softmax as a function of scores (N, classes)."""
    return Softmax().forward(scores)


def compute(scores, label, softmax=reference_softmax, loss=CrossEntropyLoss):
    """Return the Look of scores (3,) for the right class `label`."""
    row, made = np.array([scores], dtype=float), loss()
    value = made.forward(row.copy(), np.array([label]))
    gradient, p = np.asarray(made.backward()), np.asarray(softmax(row.copy()))
    check(gradient.shape == row.shape, "dscores", row.shape, gradient.shape)
    check(p.shape == row.shape, "softmax", row.shape, p.shape)
    return Look(p[0], float(value), gradient[0])


class Scores(Explorer):
    """The explorer: three scores as sliders, the right class, and what comes of them."""

    title = N_("Softmax and cross-entropy")
    choices = (
        Choice("z0", N_("score of class 0"), SCORES, START[0]),
        Choice("z1", N_("score of class 1"), SCORES, START[1]),
        Choice("z2", N_("score of class 2"), SCORES, START[2]),
        Choice("label", N_("right class"), LABELS, 2, kind="choice"),
    )

    def __init__(self, softmax=reference_softmax, loss=CrossEntropyLoss):
        self.softmax, self.loss = softmax, loss
        with style():
            figure = new_figure(8.2, 3.3)
            self.left, self.right = figure.subplots(1, 2)
            places = np.arange(CLASSES)
            self.p_bars = self.left.bar(places, 1, color=COLORS["sky blue"], edgecolor="black")
            self.slope_bars = self.right.bar(places, 1, color=GRAY)
            self.p_texts = [self.left.text(i, 0, "", ha="center", va="bottom") for i in places]
            names = [_("class {i}", i=i) for i in places]
            self.left.set(ylim=(0, 1.12), ylabel=_("probability p"), xticks=places)
            self.left.set_xticklabels(names)
            self.right.set(ylim=(-1.1, 1.1), ylabel=_("gradient p − y"), xticks=places)
            self.right.set_xticklabels(names)
            self.right.axhline(0, color="black", lw=0.8)
            self.left.set_title(_("Loss"))
            self.right.set_title(_("Which way the scores are pulled"))
            moving = [*self.p_bars, *self.slope_bars, *self.p_texts, self.left.title]
            self.live = LivePicture(figure, moving)
        super().__init__()

    def look(self, label, **scores):
        """Compute with the learner's functions, draw the bars, and say the numbers."""
        z = [scores[f"z{i}"] for i in LABELS]
        now = compute(z, label, self.softmax, self.loss)
        for i in LABELS:
            self.p_bars[i].set_height(now.p[i])
            self.p_bars[i].set_hatch("//" if i == label else "")
            self.p_bars[i].set_facecolor(COLORS["orange" if i == label else "sky blue"])
            self.p_texts[i].set_text(number(now.p[i], 3))
            self.p_texts[i].set_y(now.p[i] + 0.01)
            self.slope_bars[i].set_height(now.gradient[i])
        loss = number(now.loss, 4)
        self.left.set_title(_("The right class is {label}: loss {loss}", label=label, loss=loss))
        self.live.facts = self.words(z, label, now)
        return self.live

    def words(self, z, label, now):
        """What the picture shows."""
        row = ", ".join(map(str, z))
        p = ", ".join(number(v, 3) for v in now.p)
        slopes = ", ".join(number(v, 3) for v in now.gradient)
        return facts(
            _("Scores {row}; the right class is {label}.", row=row, label=label),
            _("Probabilities {p}, in all {sum}.", p=p, sum=number(np.sum(now.p), 3)),
            _("Loss {loss}.", loss=number(now.loss, 4)),
            _("Gradient {slopes}.", slopes=slopes),
        )


def scores(softmax=reference_softmax, loss=CrossEntropyLoss):
    """Explore softmax and cross-entropy, with your own softmax and CrossEntropyLoss."""
    check_parts(softmax=softmax, loss=loss)
    return Scores(softmax, loss)
