"""The training loop: shuffle, take a mini-batch, forward, backward, step; then the next one."""

from itertools import count
from typing import NamedTuple

import numpy as np

from .losses import accuracy, check, numbers


class Epoch(NamedTuple):
    """What came of one epoch, a walk through all samples; None where nothing was measured."""

    number: int
    loss: float  # mean over the samples, each measured just before the step that used it
    accuracy: float | None  # on the training data, after the epoch
    val_loss: float | None
    val_accuracy: float | None


class History(list):
    """A list of Epochs; `stopped` is None, or says why the training ended early."""

    stopped = None


@np.errstate(all="ignore")
def check_data(net, loss, x, y):
    """Return x (samples, features), y (samples, ...) as arrays that fit net and loss, or raise."""
    x, y = (numbers(name, a, kinds="fiub", finite=True) for name, a in (("x", x), ("y", y)))
    check(x.ndim == 2, "x", "shape (samples, features)", x.shape)
    check(y.shape[:1] == x.shape[:1], "y", f"an entry for each of {len(x)} samples", y.shape)
    loss.forward(np.repeat(net.forward(x[:1]), len(x), axis=0), y)  # does it take all of y?
    return (x if x.dtype.kind == "f" else x.astype(float)), y


def steps(net, loss, optimizer, x, y, batch_size, epochs, rng=None):
    """Train on one mini-batch of x (samples, features) and y at a time; yield (epoch, loss before
    the step). Epochs (None: endless) count from 1, shuffle anew, and keep a last, smaller batch."""
    x, y = check_data(net, loss, x, y)
    counts = [batch_size] if epochs is None else [batch_size, epochs]
    whole = all(np.issubdtype(type(n), np.integer) and n > 0 for n in counts)
    check(whole, "batch_size, epochs", "whole numbers above 0", counts)
    check(getattr(optimizer, "net", net) is net, "optimizer", "one made for this net", "another's")
    if hasattr(net, "astype"):
        net.astype(x.dtype)
    rng = np.random.default_rng(rng)
    for epoch in count(1) if epochs is None else range(1, epochs + 1):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            with np.errstate(all="ignore"):  # if it diverges, the loss will tell
                value = loss.forward(net.forward(x[batch]), y[batch])
                getattr(net, "gradients", net.backward)(loss.backward())
                optimizer.step()
            yield epoch, value


@np.errstate(all="ignore")
def evaluate(net, loss, x, y):
    """Return (loss, accuracy) on x and y; accuracy is None if y holds no labels, (samples,)."""
    out = np.concatenate([net.forward(x[i : i + 1000]) for i in range(0, len(x), 1000)])
    return loss.forward(out, y), accuracy(out, y) if y.ndim == 1 and y.dtype.kind in "iu" else None


def train(
    net, loss, optimizer, x, y, batch_size=32, epochs=10, validation=None, rng=None, on_epoch=None
):
    """Train as `steps` does; return the History. validation=(x, y) is measured, never trained on;
    on_epoch gets each new Epoch. A loss of inf or nan ends the training."""
    pair = isinstance(validation, tuple | list) and len(validation) == 2
    check(pair or validation is None, "validation", "(x, y) or None", type(validation))
    held_out = None if validation is None else check_data(net, loss, *validation)
    history, total, seen = History(), 0.0, 0
    x, y = np.asarray(x), np.asarray(y)
    for number, value in steps(net, loss, optimizer, x, y, batch_size, epochs, rng):
        size = min(batch_size, len(x) - seen)
        total, seen = total + value * size, seen + size
        if seen == len(x) or not np.isfinite(value):
            measured = evaluate(net, loss, *held_out) if held_out else (None, None)
            history.append(Epoch(number, total / seen, evaluate(net, loss, x, y)[1], *measured))
            if on_epoch:
                on_epoch(history[-1])
            if not np.isfinite(value):
                history.stopped = f"epoch {number}: the loss is {value}; a smaller lr may help"
                break
            total, seen = 0.0, 0
    return history
