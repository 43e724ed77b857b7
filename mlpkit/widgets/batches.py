"""Learning rate and batch size: the way of a straight line's w and b to the bottom of the loss.

`walk` computes with the learner's own layer, loss and optimizer; `Batches` shows it.
"""

from typing import NamedTuple

import numpy as np
from matplotlib.lines import Line2D

from ..i18n import N_, _, n_
from ..layers import Linear
from ..losses import SquaredLoss
from ..net import Net
from ..optim import SGD
from ..plots.picture import COLORS, GRAY, new_figure, style
from ..plots.words import facts, number
from ..train import steps
from .live import LivePicture
from .panel import Choice, Explorer, check_parts

N = 1000
EPOCHS = 3
TRUE = 1.5, -0.5  # the line that the samples lie around: w, b
START = -1.0, 1.5
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0, 1.2)
SIZES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
LIMITS = (-2.5, 4.5), (-3.5, 2.5)  # of w and b in the picture
TOO_FAR = 1e3  # beyond this the walk has run away


class Walk(NamedTuple):
    """What came of a training: path (updates + 1, 2) of w and b, and the loss of each batch."""

    path: np.ndarray
    losses: np.ndarray
    per_epoch: list  # mean loss of each epoch
    updates: int  # per epoch
    operations: int  # multiplications and additions per epoch, forward and backward
    diverged: bool


def samples(rng=0):
    """N points around the line: x (N, 1), y (N, 1)."""
    rng = np.random.default_rng(rng)
    x = rng.normal(size=(N, 1))
    return x, TRUE[0] * x + TRUE[1] + rng.normal(0, 0.8, (N, 1))


def walk(lr, batch_size, linear=Linear, loss=SquaredLoss, optimizer=SGD, rng=0, epochs=EPOCHS):
    """Train out = w x + b from START; stop when w or b is out of all bounds."""
    x, y = samples()
    layer = linear(1, 1)
    layer.W[...], layer.b[...] = START
    net = Net(layer)
    path, losses = [START], []
    updates = -(-N // batch_size)
    diverged = False
    for _epoch, value in steps(net, loss(), optimizer(net, lr), x, y, batch_size, epochs, rng):
        path.append((float(layer.W[0, 0]), float(layer.b[0])))
        losses.append(value)
        if not np.max(np.abs(path[-1])) < TOO_FAR:
            diverged = True
            break
    whole = [losses[i : i + updates] for i in range(0, len(losses), updates)]
    per_epoch = [float(np.mean(part)) for part in whole]
    # A sample: w x + b, the residual, dw and db. An update: w and b.
    operations = N * (2 + 1 + 2 + 2) + updates * 4
    return Walk(np.array(path), np.array(losses), per_epoch, updates, operations, diverged)


def loss_over(w, b):
    """The mean squared error of all samples for arrays of w and b."""
    x, y = samples()
    xx, xy, yy = np.mean(x * x), np.mean(x * y), np.mean(y * y)
    return xx * w**2 + b**2 + yy + 2 * w * b * np.mean(x) - 2 * w * xy - 2 * b * np.mean(y)


class Batches(Explorer):
    """The explorer; the walk before the last move stays in gray, to compare with."""

    title = N_("Learning rate and batch size")
    choices = (
        Choice("lr", N_("learning rate η"), RATES, 0.03),
        Choice("batch_size", N_("batch size B (of N = 1000)"), SIZES, 50),
    )

    def __init__(self, linear=Linear, loss=SquaredLoss, optimizer=SGD):
        self.parts = {"linear": linear, "loss": loss, "optimizer": optimizer}
        self.last = None
        with style():
            self.prepare()
        super().__init__()

    def prepare(self):
        """Draw what stays: axes, level lines and the minimum."""
        figure = new_figure(8.2, 3.7)
        self.left, self.right = figure.subplots(1, 2)
        w, b = np.meshgrid(*(np.linspace(*limits, 60) for limits in LIMITS))
        levels = [0.7, 1, 1.5, 2.5, 4, 6, 9, 13, 18]
        self.left.contour(w, b, loss_over(w, b), levels, colors="#BBBBBB", linewidths=0.8)
        self.left.plot(*TRUE, "*", color=COLORS["orange"], ms=11, zorder=1)
        self.left.set(xlim=LIMITS[0], ylim=LIMITS[1], xlabel="w", ylabel="b", title=_("The way"))
        self.right.set(xlabel=_("update"), ylabel=_("loss"), yscale="log", ylim=(0.1, 100))
        self.right.set_title(_("Loss of each batch"))
        self.right.set_xlim(0, EPOCHS * N)  # room for the longest numbers
        before = {"color": GRAY, "lw": 1, "alpha": 0.5}
        now = {"color": COLORS["blue"], "lw": 1.2}
        self.lines = {
            "path before": self.left.plot([], [], **before)[0],
            "path": self.left.plot([], [], ".-", ms=3, **now)[0],
            "losses before": self.right.plot([], [], **before)[0],
            "losses": self.right.plot([], [], **now)[0],
            "epochs": self.right.plot([], [], "s", color=COLORS["orange"], ms=6)[0],
        }
        keys = [
            Line2D([], [], label=_("now"), **now),
            Line2D([], [], label=_("the setting before"), **before),
            Line2D([], [], marker="s", ls="", color=COLORS["orange"], label=_("mean of an epoch")),
        ]
        figure.legend(handles=keys, loc="outside lower center", ncols=3)
        moving = [self.right.title, *self.lines.values()]
        self.live = LivePicture(figure, moving, [self.right.xaxis])

    def look(self, lr, batch_size):
        """Walk with these settings, draw the way and the losses, and say what happened."""
        now = walk(lr, batch_size, **self.parts)
        before, self.last = self.last or now, now
        for suffix, one in (("", now), (" before", before)):
            path = one.path[np.all(np.abs(one.path) < 50, axis=1)]
            self.lines["path" + suffix].set_data(path[:, 0], path[:, 1])
            self.lines["losses" + suffix].set_data(np.arange(1, len(one.losses) + 1), one.losses)
        ends = [min((i + 1) * now.updates, len(now.losses)) for i in range(len(now.per_epoch))]
        self.lines["epochs"].set_data(ends, now.per_epoch)
        shown = len(now.losses) if now.diverged else EPOCHS * now.updates
        end = 1.02 * max(shown, 2)  # room for the last mark
        if self.right.get_xlim()[1] != end:
            self.right.set_xlim(0, end)
            self.live.refresh()
        self.right.set_title(_("It diverges") if now.diverged else _("Loss of each batch"))
        self.live.facts = self.words(lr, batch_size, now)
        return self.live

    def words(self, lr, batch_size, now):
        """What the picture shows."""
        setting = _("η = {lr}, B = {size}.", lr=lr, size=batch_size)
        work = _(
            "{updates} and {operations} operations in each of {epochs} epochs.",
            updates=n_("{n} update", "{n} updates", now.updates),
            operations=f"{now.operations:,}",
            epochs=EPOCHS,
        )
        if now.diverged:
            end = n_(
                "It diverges: after {n} update the loss is out of bounds.",
                "It diverges: after {n} updates the loss is out of bounds.",
                len(now.losses),
            )
            return facts(setting, work, end)
        losses = ", ".join(number(value, 3) for value in now.per_epoch)
        means = _("Mean loss of each epoch: {losses}.", losses=losses)
        w, b = now.path[-1]
        end = _("At the end w = {w}, b = {b}.", w=f"{w:.2f}", b=f"{b:.2f}")
        return facts(setting, work, means, end)


def batches(linear=Linear, loss=SquaredLoss, optimizer=SGD):
    """Explore learning rate and batch size, with your own Linear, SquaredLoss and SGD."""
    check_parts(linear=linear, loss=loss, optimizer=optimizer)
    return Batches(linear, loss, optimizer)
