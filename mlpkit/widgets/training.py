"""The training explorer: a net of the learner's own classes learns before the learner's eyes.

`Trainer` computes: it builds the net and goes on update by update. `Training` shows it.
"""

from itertools import pairwise

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from .. import data
from ..i18n import N_, _, n_
from ..layers import Linear, ReLU, Sigmoid, Softmax, Tanh
from ..losses import CrossEntropyLoss
from ..net import Net
from ..optim import SGD
from ..plots.picture import COLORS, GRAY, look, new_figure, style
from ..plots.words import facts, number
from ..train import evaluate, steps
from .lettering import Lettering
from .live import LivePicture, Tiles
from .panel import Button, Choice, check_parts
from .player import Player

SETS = ("linear", "blobs", "xor", "moons", "rings", "spirals")
SET_NAMES = (
    N_("two clouds"),
    N_("three blobs"),
    "XOR",
    N_("two moons"),
    N_("two rings"),
    N_("three spirals"),
)
BENDS = ("tanh", "relu", "sigmoid", "none")
BEND_NAMES = ("tanh", "ReLU", "sigmoid", N_("none"))
UNITS = (*range(1, 17), 20, 24, 28, 32)
RATES = (0.001, 0.002, 0.003, 0.005, 0.007, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3)
RATES += (0.4, 0.5, 0.7, 0.85, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 200)
SEEDS = tuple(range(20))
SPEEDS = ("full", "slow")
SPEED_NAMES = (N_("full"), N_("slow: epoch by epoch"))
SLOW = 0.15  # seconds for an epoch
SAMPLES, HELD_OUT = 300, 1 / 3  # 200 samples to train on, 100 for validation
LONGEST = 10_000  # epochs
POINTS = 1000  # of a curve, at most
DEEPEST = 4  # layers that learn
GRID = 72  # points per side at which the net is asked
SPAN = 2.8  # half the width of the plane
LOSS_LIMITS, SLOPE_LIMITS = (1e-4, 20), (1e-7, 10)


class Trainer:
    """A net in training. `curves` holds (epoch, loss, accuracy, val_loss, val_accuracy) rows."""

    def __init__(self, parts, set_name, layers, units, bend, lr, batch_size, seed):
        x, y = getattr(data, set_name)(n=SAMPLES, rng=1)
        (self.x, self.y), self.held_out = data.split(x, y, HELD_OUT, rng=0)
        self.classes = int(y.max()) + 1
        rng = np.random.default_rng(seed)
        sizes, stack = [2, *[units] * layers, self.classes], []
        for n_in, n_out in pairwise(sizes):
            stack += [parts["linear"](n_in, n_out, rng)]
            stack += [parts[bend]()] if bend != "none" else []
        self.net = parts["net"](*(stack[:-1] if bend != "none" else stack))
        self.loss, self.optimizer = parts["loss"](), parts["optimizer"](self.net, lr)
        self.per_epoch = -(-len(self.x) // batch_size)
        self.updates, self.diverged = 0, False
        self.steps = steps(
            self.net, self.loss, self.optimizer, self.x, self.y, batch_size, None, rng
        )
        self.curves = [self.measure()]

    @property
    def epoch(self):
        """How many epochs are done; a fraction within an epoch."""
        return self.updates / self.per_epoch

    def measure(self):
        """One row of `curves`, now."""
        training = evaluate(self.net, self.loss, self.x, self.y)
        return (self.epoch, *training, *evaluate(self.net, self.loss, *self.held_out))

    def update(self):
        """One update on the next mini-batch; return whether training can go on."""
        _epoch, value = next(self.steps)
        self.updates += 1
        if self.updates % self.per_epoch == 0:
            self.curves.append(self.measure())
            value += self.curves[-1][1]  # the update may have spoiled the net after its loss
        self.diverged = not np.isfinite(value)
        return not self.diverged and self.epoch < LONGEST

    @np.errstate(all="ignore")
    def probabilities(self, points):
        """What the net, and softmax after it, gives each class at points (n, 2): (n, classes)."""
        return Softmax().forward(np.asarray(self.net.forward(points)))

    def weights(self):
        """For each layer that learns: its weights, and their gradients, both flat."""
        learning = [layer for layer in self.net.layers if hasattr(layer, "W")]
        pairs = [(layer.W, getattr(layer, "dW", None)) for layer in learning]
        # A learner's layer may have no gradient before the first way back.
        pairs = [(W, np.zeros_like(W) if dW is None else dW) for W, dW in pairs]
        return [(np.ravel(value), np.ravel(gradient)) for value, gradient in pairs]


class Training(Player):
    """The explorer: the plane as the net divides it, the curves, the weights, the gradients."""

    title = N_("Training explorer")
    choices = (
        Choice("data_set", N_("data set"), SETS, "moons", SET_NAMES, "choice"),
        Choice("layers", N_("hidden layers"), (0, 1, 2, 3), 1),
        Choice("units", N_("units in each"), UNITS, 8),
        Choice("activation", N_("activation"), BENDS, "tanh", BEND_NAMES, "choice"),
        Choice("lr", N_("learning rate η"), RATES, 0.3),
        Choice("batch_size", N_("batch size B (of N = 200)"), SIZES, 16),
        Choice("seed", N_("rng, the seed of the start"), SEEDS, 0),
        Choice("speed", N_("speed"), SPEEDS, "full", SPEED_NAMES, "choice"),
    )
    buttons = (
        Button("play", N_("Train")),
        Button("stop", N_("Stop")),
        Button("step", N_("Step (one update)")),
        Button("epoch", N_("One epoch")),
        Button("rewind", N_("Rewind")),
    )
    free = ("lr", "speed")

    def __init__(self, **parts):
        self.parts = parts
        with style():
            self.prepare()
        super().__init__()

    # --- What happens

    def start(self, data_set, layers, units, activation, lr, batch_size, seed, speed):
        setting = (data_set, layers, units, activation, lr, batch_size, seed)
        self.trainer = Trainer(self.parts, *setting)
        self.show_points()

    def advance(self):
        return self.trainer.update()

    def adjust(self, lr, **values):
        self.trainer.optimizer.lr = lr

    def pause(self):
        whole = self.trainer.updates % self.trainer.per_epoch == 0
        return SLOW if whole and self.speed.value == "slow" else 0

    def epoch(self):
        """Train to the end of the epoch, which is a whole one after Rewind."""
        if not self.task:
            done = self.trainer.updates % self.trainer.per_epoch
            self.play(self.trainer.per_epoch - done)

    # --- What is shown

    def prepare(self):
        """Make the axes, and the artists that move on them."""
        figure = new_figure(9.6, 4.7)
        axes = figure.subplot_mosaic(
            [["plane", "loss", "weights"], ["plane", "accuracy", "slopes"]],
            width_ratios=[1.9, 1, 0.85],
        )
        plane, loss, accuracy = axes["plane"], axes["loss"], axes["accuracy"]
        side = np.linspace(-SPAN, SPAN, GRID)
        self.grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
        plane.set(xlim=(-SPAN, SPAN), ylim=(-SPAN, SPAN), xlabel="x₁", ylabel="x₂", aspect="equal")
        above = plane.transAxes + ScaledTranslation(0, 3 / 72, figure.dpi_scale_trans)
        head = Lettering(0.5, 1, _("The start"), va="bottom", fontsize=11, transform=above)
        self.head = plane.add_artist(head)  # a title that is drawn fast
        self.tiles = Tiles(plane)
        self.points = [plane.plot([], [], ls="", **point_style(i))[0] for i in range(6)]
        loss.set(yscale="log", ylim=LOSS_LIMITS, ylabel=_("loss"), title=_("Curves"))
        accuracy.set(ylim=(0, 1.03), ylabel=_("accuracy"), xlabel=_("epoch"))
        names = (("black", "-", "o", _("training")), ("pink", "--", "D", _("validation")))
        self.lines, self.ends = [], []
        for ax in (loss, accuracy):
            for color, dashes, marker, name in names:
                self.lines += ax.plot([], [], lw=1.6, ls=dashes, color=COLORS[color], label=name)
                self.ends += ax.plot([], [], marker=marker, ms=4.5, color=COLORS[color])
        accuracy.legend(loc="lower right")
        weights, slopes = axes["weights"], axes["slopes"]
        across = {"xlim": (0.5, DEEPEST + 0.5), "xticks": range(1, DEEPEST + 1)}
        weights.set(title=_("Layer by layer"), ylabel=_("weights"), **across)
        slopes.set(yscale="log", ylim=SLOPE_LIMITS, ylabel=_("|gradient|"), xlabel=_("layer"))
        slopes.set(**across)
        dots = {"ls": "", "marker": "o", "ms": 3, "mew": 0}
        self.weight_dots = weights.plot([], [], color=COLORS["blue"], **dots)[0]
        self.slope_dots = slopes.plot([], [], color=COLORS["orange"], **dots)[0]
        self.axes = axes
        moving = [self.tiles, *self.points, *plane.spines.values(), self.head]
        moving += [*self.lines, *self.ends, self.weight_dots, self.slope_dots]
        seldom = [loss.xaxis, loss.yaxis, accuracy.xaxis, weights.yaxis]
        self.live = LivePicture(figure, moving, seldom)
        handles = [
            Line2D([], [], ls="", label=_("training sample"), **point_style(0)),
            Line2D([], [], ls="", label=_("validation sample"), **point_style(3)),
        ]
        plane.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.12), ncols=2)

    def show_points(self):
        """Draw the samples of the data set, and set the axes back to the start."""
        sets = (self.trainer.x, self.trainer.y), self.trainer.held_out
        for i, line in enumerate(self.points):
            x, y = sets[i // 3]
            line.set_data(*x[y == i % 3].T)
        self.reach = None

    def make_room(self, epoch, layers, losses):
        """Let the axes reach farther, to more epochs, larger weights or losses, until all fits."""
        epochs, weight, loss = self.reach or (20, 4, LOSS_LIMITS[1])
        largest = max((np.max(np.abs(w), initial=0) for w, _g in layers), default=0)
        highest = np.max(losses[np.isfinite(losses)], initial=0)
        while epoch > epochs:
            epochs *= 2
        while np.isfinite(largest) and largest > weight and weight < 1e6:
            weight *= 2
        while highest > loss and loss < 1e9:
            loss *= 50
        if self.reach != (epochs, weight, loss):
            for name in ("loss", "accuracy"):
                self.axes[name].set_xlim(-0.02 * epochs, 1.02 * epochs)
            self.axes["weights"].set_ylim(-weight, weight)
            self.axes["loss"].set_ylim(LOSS_LIMITS[0], loss)
            self.reach = epochs, weight, loss
            self.live.refresh()

    def look(self, **values):
        """Draw where the training stands."""
        trainer = self.trainer
        row = trainer.measure()
        every = 1 + len(trainer.curves) // POINTS
        rows = np.array([*trainer.curves[::every], row], dtype=float)
        layers = trainer.weights()
        self.make_room(row[0], layers, rows[:, (1, 3)])
        for i, column in enumerate((1, 3, 2, 4)):
            self.lines[i].set_data(rows[:, 0], rows[:, column])
            self.ends[i].set_data(rows[-1:, 0], rows[-1:, column])
        self.tiles.colors = plane_colors(trainer.probabilities(self.grid))
        places, weights, slopes = spread_out(layers)
        self.weight_dots.set_data(places, weights)
        self.slope_dots.set_data(places, np.abs(slopes))
        where = N_("Epoch {epoch}: it diverges") if trainer.diverged else N_("Epoch {epoch}")
        self.head.set_text(_(where, epoch=number(trainer.epoch, 4)))
        self.live.facts = self.words(row, **values)
        return self.live

    def words(self, row, data_set, layers, units, activation, lr, batch_size, seed, speed):
        """What the picture shows."""
        trainer, (epoch, loss, share, val_loss, val_share) = self.trainer, row
        sizes = "-".join(str(n) for n in [2, *[units] * layers, trainer.classes])
        bend = _(dict(zip(BENDS, BEND_NAMES, strict=True))[activation])
        name = _(dict(zip(SETS, SET_NAMES, strict=True))[data_set])
        setting = _(
            "{name}: 200 training and 100 validation samples in {classes} classes.",
            name=name[:1].upper() + name[1:],
            classes=trainer.classes,
        )
        net = _(
            "Net {sizes}, activation {bend}, η = {lr}, B = {size}, rng {seed}.",
            sizes=sizes,
            bend=bend,
            lr=lr,
            size=batch_size,
            seed=seed,
        )
        now = _(
            "After {updates} (epoch {epoch}): training loss {loss}, accuracy {share}; "
            "validation loss {val_loss}, accuracy {val_share}.",
            updates=n_("{n} update", "{n} updates", trainer.updates),
            epoch=number(epoch, 4),
            loss=number(loss, 4),
            share=number(share, 3),
            val_loss=number(val_loss, 4),
            val_share=number(val_share, 3),
        )
        learned = trainer.weights()
        largest = ", ".join(number(np.max(np.abs(w), initial=0), 3) for w, _g in learned)
        slopes = ", ".join(number(np.max(np.abs(g), initial=0), 2) for _w, g in learned)
        ranges = _(
            "Largest |weight| layer by layer: {weights}; largest |gradient|: {slopes}.",
            weights=largest,
            slopes=slopes,
        )
        end = _("It diverges: the loss is no number any more. A smaller η may help.")
        return facts(setting, net, now, ranges, end if trainer.diverged else "")


def point_style(index):
    """How the points of class index % 3 look; from index 3 on hollow, for validation."""
    _name, color, marker = look(index % 3)
    hollow = index >= 3
    return {
        "color": color,
        "marker": marker,
        "ms": 5,
        "mfc": "white" if hollow else color,
        "mec": color if hollow else "white",
        "mew": 1.2 if hollow else 0.6,
    }


def plane_colors(p):
    """Probabilities (GRID², classes) as colors (GRID, GRID, 4), with a dark line between classes.

    Where the net gives no numbers, the plane is gray. The colors are bytes, the last one opacity.
    """
    tints = np.array([0.45 * np.array(to_rgb(look(i)[1])) + 0.55 for i in range(p.shape[1])])
    colors = (p @ tints).reshape(GRID, GRID, 3)
    winner = p.argmax(axis=1).reshape(GRID, GRID)
    border = np.zeros((GRID, GRID), dtype=bool)
    border[:, 1:] |= winner[:, 1:] != winner[:, :-1]
    border[1:] |= winner[1:] != winner[:-1]
    colors[border] = 0.15
    colors[~np.isfinite(colors).all(axis=2)] = to_rgb(GRAY)
    opaque = np.ones((GRID, GRID, 1))
    return np.rint(255 * np.dstack([np.clip(colors, 0, 1), opaque])).astype(np.uint8)


def spread_out(layers):
    """Where the dots stand: place (a column per layer, its dots side by side), weight, gradient."""
    places = [i + np.linspace(-0.3, 0.3, len(w) + 2)[1:-1] for i, (w, _g) in enumerate(layers, 1)]
    columns = [places, [w for w, _g in layers], [g for _w, g in layers]]
    return [np.concatenate(column) for column in columns]


def training(
    linear=Linear,
    tanh=Tanh,
    relu=ReLU,
    sigmoid=Sigmoid,
    net=Net,
    loss=CrossEntropyLoss,
    optimizer=SGD,
):
    """Explore training, with your own layers, net, loss and optimizer."""
    parts = {"linear": linear, "tanh": tanh, "relu": relu, "sigmoid": sigmoid}
    parts |= {"net": net, "loss": loss, "optimizer": optimizer}
    check_parts(**parts)
    return Training(**parts)
