"""Training on MNIST, live: a progress bar, the curves as they grow, Stop at any time.

`DigitTrainer` computes, update by update; `MnistTraining` shows it.
"""

import numpy as np

from ..data.arguments import generator
from ..i18n import N_, _
from ..losses import CrossEntropyLoss
from ..optim import SGD
from ..plots.picture import COLORS, new_figure, style
from ..plots.words import facts
from ..train import check_data, evaluate, steps
from .live import LivePicture
from .panel import Button, Choice, check_parts
from .player import Player

RATES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0)
RATES += (1.5, 2.0, 3.0, 5.0, 10.0)
SIZES = (8, 16, 32, 64, 128, 256)
EPOCHS = (1, 2, 3, 5, 10)
POINTS = 20  # of the curves, in each epoch
ASKED = 1000  # validation samples for a point of the curves


def checked(net, loss, x, y, validation):
    """Return x, y and validation as arrays that net and loss can do with, or raise."""
    if not isinstance(validation, tuple | list) or len(validation) != 2:
        raise TypeError(f"validation: expected a pair (x, y), got {type(validation).__name__}")
    return *check_data(net, loss, x, y), check_data(net, loss, *validation)


class DigitTrainer:
    """A net in training; `curves` holds rows (epoch, mean loss since the last, val_accuracy)."""

    def __init__(self, net, loss, optimizer, x, y, validation, batch_size, epochs, rng):
        self.net, self.loss, self.optimizer = net, loss, optimizer
        self.asked = tuple(part[:ASKED] for part in validation)
        self.per_epoch = -(-len(x) // batch_size)
        self.every = max(1, self.per_epoch // POINTS)
        self.all_updates, self.updates, self.diverged = self.per_epoch * epochs, 0, False
        self.steps = steps(net, loss, optimizer, x, y, batch_size, epochs, rng)
        self.curves, self.recent = [], []

    @property
    def epoch(self):
        """How many epochs are done; a fraction within an epoch."""
        return self.updates / self.per_epoch

    def update(self):
        """One update on the next mini-batch; return whether training goes on."""
        _epoch, value = next(self.steps)
        self.updates += 1
        self.recent.append(value)
        self.diverged = not np.isfinite(value)
        last = self.diverged or self.updates == self.all_updates
        if last or self.updates % self.every == 0:
            share = evaluate(self.net, self.loss, *self.asked)[1]
            self.curves.append((self.epoch, np.mean(self.recent), share))
            self.recent = []
        return not last


class MnistTraining(Player):
    """The explorer: a new net of the learner's function with each Rewind."""

    title = N_("Training on MNIST")
    choices = (
        Choice("lr", N_("learning rate η"), RATES, 0.1),
        Choice("batch_size", N_("batch size B"), SIZES, 32),
        Choice("epochs", N_("epochs"), EPOCHS, 3),
    )
    buttons = (
        Button("play", N_("Train")),
        Button("stop", N_("Stop")),
        Button("step", N_("Step (one update)")),
        Button("rewind", N_("Rewind")),
    )
    free = ("lr",)

    def __init__(self, make_net, x, y, validation, loss=CrossEntropyLoss, optimizer=SGD, rng=0):
        self.make_net, self.data, self.validation = make_net, (x, y), validation
        self.parts, self.rng = (loss, optimizer), rng
        with style():
            self.prepare()
        super().__init__()

    @property
    def net(self):
        """The net as it is now."""
        return self.trainer.net

    def start(self, lr, batch_size, epochs):
        loss, optimizer = self.parts
        net, rng = self.make_net(np.random.default_rng(self.rng)), np.random.default_rng(self.rng)
        how = (self.validation, batch_size, epochs, rng)
        self.trainer = DigitTrainer(net, loss(), optimizer(net, lr), *self.data, *how)
        for ax in self.axes[1:]:
            ax.set_xlim(-0.02 * epochs, 1.02 * epochs)
        self.live.refresh()

    def advance(self):
        return self.trainer.update()

    def adjust(self, lr, **values):
        self.trainer.optimizer.lr = lr

    def prepare(self):
        """Make the axes, and the artists that move on them."""
        figure = new_figure(8.2, 4.1)
        mosaic = [["bar", "bar"], ["loss", "error"]]
        axes = figure.subplot_mosaic(mosaic, height_ratios=[0.12, 1])
        bar, loss, error = self.axes = [axes[name] for name in ("bar", "loss", "error")]
        bar.set(xlim=(0, 1), ylim=(-0.5, 0.5), xticks=[], yticks=[])
        bar.set_title(_("Epoch {epoch} of {epochs}", epoch=0, epochs=0))
        bar.spines[:].set_visible(True)
        bar.grid(False)
        self.done = bar.barh([0], [1.0], 1, color=COLORS["blue"])[0]
        loss.set(xlabel=_("epoch"), title=_("Training loss"), yscale="log", ylim=(1e-3, 10))
        error.set(xlabel=_("epoch"), title=_("Validation error, 1 − accuracy"))
        error.set(yscale="log", ylim=(0.01, 1))
        self.losses = loss.plot([], [], ".-", ms=4, color="black")[0]
        self.errors = error.plot([], [], "D-", ms=3, color=COLORS["pink"])[0]
        moving = [self.done, bar.title, self.losses, self.errors]
        self.live = LivePicture(figure, moving, [loss.xaxis, error.xaxis])

    def look(self, lr, batch_size, epochs):
        """Draw how far the training is, and its curves."""
        trainer = self.trainer
        self.done.set_width(trainer.updates / trainer.all_updates)
        rows = np.array(trainer.curves, dtype=float).reshape(-1, 3).T
        self.losses.set_data(rows[0], rows[1])
        self.errors.set_data(rows[0], 1 - rows[2])
        epoch = f"{trainer.epoch:.2f}"
        title = _("Epoch {epoch} of {epochs}", epoch=epoch, epochs=epochs)
        if trainer.diverged:
            title = _("Epoch {epoch}: it diverges", epoch=epoch)
        self.axes[0].set_title(title)
        self.live.facts = self.words(lr, batch_size, epochs)
        return self.live

    def words(self, lr, batch_size, epochs):
        """What the picture shows."""
        trainer = self.trainer
        samples = len(self.data[0])
        setting = _(
            "{samples} training samples, η = {lr}, B = {size}.",
            samples=f"{samples:,}",
            lr=lr,
            size=batch_size,
        )
        done = _(
            "{updates} of {all} updates are done.",
            updates=f"{trainer.updates:,}",
            all=f"{trainer.all_updates:,}",
        )
        now = end = ""
        if trainer.curves:
            _epoch, loss, share = trainer.curves[-1]
            now = _(
                "Training loss {loss}; validation accuracy {share} %.",
                loss=f"{loss:.3g}",
                share=f"{100 * share:.0f}",
            )
        if trainer.diverged:
            end = _("It diverges: the loss is no number any more. A smaller η may help.")
        elif self.ended:
            end = _("The training has come to its end.")
        return facts(setting, done, now, end)


def mnist_training(make_net, x, y, validation, loss=CrossEntropyLoss, optimizer=SGD, rng=0):
    """Train make_net(rng), such as your two_layers, on x (N, 784) and y (N,), live.

    `validation` is a pair (x, y). The explorer's `net` is the net as it is now.
    """
    check_parts(make_net=make_net, loss=loss, optimizer=optimizer)
    generator(rng)  # is it a seed?
    x, y, validation = checked(make_net(generator(0)), loss(), x, y, validation)
    return MnistTraining(make_net, x, y, validation, loss, optimizer, rng)
