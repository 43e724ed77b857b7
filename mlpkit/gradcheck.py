"""Is the gradient right? Nudge each parameter, see how the loss answers, and compare."""

from typing import NamedTuple

import numpy as np

from .losses import check, check_number


class GradientReport(NamedTuple):
    """verdict: "right", "suspicious" or "wrong". Error: |by formula - by nudges| / sum of norms."""

    verdict: str
    worst: float  # the largest error
    skipped: int  # numbers whose nudge meets a kink that spoils the slope to compare with
    per_parameter: dict  # name -> error


def probe(net, loss, x, y):
    """Return the loss, and on which side of its kink (if there is one) every number stands."""
    sides = []
    for layer in net.layers:
        x = layer.forward(x)
        sides.append(np.ravel(x) > 0)
    return loss.forward(x, y), np.concatenate([*sides, np.ravel(loss.backward()) > 0])


def slope(value, dw, at, h, *setting):
    """Return n = (loss(w + h) - loss(w - h)) / 2h for w = value[at], or nan if a kink spoils it."""
    w = value[at]
    try:
        value[at] = w + h
        above, sides_above = probe(*setting)
        value[at] = w - h
        below, sides_below = probe(*setting)
    finally:
        value[at] = w
    n, smooth = (above - below) / (2 * h), (sides_above == sides_below).all()
    return n if smooth or np.isclose(np.asarray(dw)[at], n, rtol=1e-5, atol=1e-7) else np.nan


@np.errstate(all="ignore")  # a gradient of inf or nan shows in the verdict
def check_gradients(net, loss, x, y, h=1e-5):
    """Compare the gradients, float64, with central differences: "right" is an error below 1e-7."""
    check_number("h", h, "above 0", lambda v: 0 < v < np.inf)
    loss.forward(net.forward(x), y)
    net.backward(loss.backward())
    errors, skipped, total = {}, 0, 0
    for name, value, dw in list(net.parameters()):
        check(value.dtype == np.float64, name, "float64, to nudge it finely", value.dtype)
        check(np.shape(dw) == value.shape, f"d{name}", value.shape, np.shape(dw))
        n = np.array([slope(value, dw, at, h, net, loss, x, y) for at in np.ndindex(value.shape)])
        a, n = np.ravel(dw)[np.isfinite(n)], n[np.isfinite(n)]
        whole = np.linalg.norm(a - n) / max(np.linalg.norm(a) + np.linalg.norm(n), 0.01)
        errors[name] = float(np.max([whole, *np.abs(a - n) / (1 + 100 * np.abs(n))]))
        skipped, total = skipped + value.size - n.size, total + value.size
    worst = float(np.max([0.0, *errors.values()]))
    right = worst < 1e-7 and skipped <= max(1, total / 100)  # 1e-7: 5 equal digits, or 7 decimals
    verdict = "right" if right else "suspicious" if worst < 1e-5 else "wrong"
    return GradientReport(verdict, worst, skipped, errors)
