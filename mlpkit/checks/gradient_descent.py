"""Judges the exercises of the lesson GradientDescent, from the smallest example to larger ones.

Two of them, squared_error and minibatches, come back in OwnFramework: own_framework.py has them.
"""

import numpy as np

from ..i18n import _
from . import own_framework
from . import reference as public
from .exercise import Exercise
from .honest import copies
from .own_framework import fresh, fresh_digits, normal
from .verdict import Example, nudged

reference = copies(public)

# What the lesson gives to be mended. As long as it is this, the answer is "not yet".
SIGN_BUG = """
def neuron_step(w, b, x, y, lr):
    o = 1 / (1 + np.exp(-(x @ w + b)))
    delta = 2 * (y - o) * o * (1 - o) / len(y)
    return w - lr * x.T @ delta, b - lr * delta.sum()
"""


def two(example, result, sentence, wanted):
    """The two things that an answer returned; raise unless they are two."""
    try:
        first, second = result
    except (TypeError, ValueError):
        example.compare(sentence, result, wanted)
    return first, second


def rmse(answer):
    """(y_hat, y), both (N,) -> the root of the mean of (y_hat - y)²."""
    for y_hat, y in (
        (np.array([3.0]), np.array([1.0])),
        (np.array([2.0, -4.0]), np.array([1.0, 3.0])),
        (np.array([2, 5, 7]), np.array([3, 3, 4])),
        (normal(7), normal(7, rng=1)),
        (fresh(3), fresh(3)),
    ):
        example = Example(y_hat=y_hat, y=y)
        value = example.call(answer, "rmse", "y_hat", "y")
        example.same("rmse", value, reference.rmse(y_hat, y))


def surface_gradient(answer):
    """(x, y), numbers or arrays of one shape -> (dx, dy) of x² + y³."""
    for x, y in (
        (3.0, 2.0),
        (-1.5, -0.5),
        (0, 1),
        (np.array([1.0, -2.0, 0.5]), np.array([2.0, 1.0, -3.0])),
        (np.array([[1, 2], [3, 4]]), np.array([[0, -1], [5, 2]])),
        (normal(4, 3), normal(4, 3, rng=1)),
        (fresh(2, 2), fresh(2, 2)),
    ):
        example = Example(x=x, y=y)
        pair = example.call(answer, "surface_gradient", "x", "y")
        sentence = _("surface_gradient returns two things.")
        dx, dy = two(example, pair, sentence, "(dx, dy)")
        slopes = slopes_of(np.array(x, dtype=float), np.array(y, dtype=float))
        example.same("dx", dx, slopes[0])
        example.same("dy", dy, slopes[1])


def slopes_of(x, y):
    """The slopes of x² + y³ by x and by y, found by nudging each number."""
    return [nudged(lambda: np.sum(x**2 + y**3), at) for at in (x, y)]


def update(answer):
    """(w, b, dw, db, lr) -> (w, b) after one step; w is a number or (n,)."""
    for w, b, dw, db, lr in (
        (3.0, 1.0, 4.0, 2.0, 0.1),
        (np.array([1.0, -2.0, 0.5]), 3.0, np.array([4.0, 2.0, -1.0]), -5.0, 0.5),
        (np.array([3, 1]), 2, np.array([1, -4]), 3, 0.1),
        (normal(5), 0.7, normal(5, rng=1), -1.3, 2.0),
        (fresh(2), float(fresh()), fresh(2), float(fresh()), 0.03),
    ):
        example = Example(w=w, b=b, dw=dw, db=db, lr=lr)
        pair = example.call(answer, "update", "w", "b", "dw", "db", "lr")
        found = two(example, pair, _("update returns two things."), "(w, b)")
        for name, got, right in zip("wb", found, reference.update(w, b, dw, db, lr), strict=True):
            example.same(_("{name} after the step", name=name), got, right)


def neuron_step(answer):
    """(w, b, x, y, lr) -> (w, b) after one step of a sigmoid neuron; w (features,)."""
    for w, b, x, y, lr in (
        (np.array([0.0]), 0.0, np.array([[1.0]]), np.array([1.0]), 1.0),
        (np.array([1.0, -1.0]), 0.5, np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([1.0, 0]), 0.5),
        (np.array([0.5, -0.5]), 1, np.array([[1, 0], [2, 1], [0, 3]]), np.array([1, 0, 1]), 0.1),
        (normal(3), -0.3, normal(5, 3, rng=1), np.array([1.0, 0, 0, 1, 1]), 2.0),
        (fresh(2), float(fresh()), fresh(4, 2), fresh_digits(4, below=2), 0.3),
    ):
        example = Example(w=w, b=b, x=x, y=y, lr=lr)
        pair = example.call(answer, "neuron_step", "w", "b", "x", "y", "lr")
        found = two(example, pair, _("neuron_step returns two things."), "(w, b)")
        at = w.astype(float), np.array(b, dtype=float)
        for name, value, got in zip("wb", at, found, strict=True):
            slope = nudged(lambda at=at, x=x, y=y: neuron_loss(*at, x, y), value)
            example.same(_("{name} after the step", name=name), got, value - lr * slope)


def neuron_loss(w, b, x, y):
    """The mean of (o - y)² of a sigmoid neuron."""
    o = 1 / (1 + np.exp(-(x @ w + b)))
    return np.mean((o - y) ** 2)


RECALLED = {e.name: e for e in own_framework.EXERCISES}
EXERCISES = [
    RECALLED["squared_error"],
    Exercise("rmse", "rmse", public.rmse, rmse),
    Exercise("surface_gradient", "surface_gradient", public.surface_gradient, surface_gradient),
    Exercise("update", "update", public.update, update),
    RECALLED["minibatches"],
    Exercise("sign_bug", "neuron_step", public.neuron_step, neuron_step, given=SIGN_BUG),
]
