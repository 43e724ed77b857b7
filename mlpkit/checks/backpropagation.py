"""Judges the exercises of the lesson Backpropagation, from the smallest example to larger ones.

Expected gradients are found by nudging the loss, so they need no formula.
"""

from itertools import pairwise

import numpy as np

from ..data.example import Net222, net222
from ..i18n import _
from . import reference as public
from .exercise import Exercise
from .honest import copies
from .own_framework import fresh, fresh_digits, normal
from .verdict import Example, facing, nudged

reference = copies(public)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


# --- A function of a function


def chain_rule(answer):
    """x, a number or an array -> dy/dx of y = 8(x⁵ + 9)³ + (x⁵ + 9)² + 5."""
    for x in (
        1.0,
        -0.5,
        0.0,
        2,
        np.array([0.5, -1.5, 1.2]),
        np.array([[1, 2], [0, -1]]),
        fresh(3),
    ):
        example = Example(x=x)
        slope = example.call(answer, "dy_dx", "x")
        example.same("dy/dx", slope, slope_of_y(x))


def slope_of_y(x):
    """The slope by an imaginary nudge: unlike a real one it loses no digits, whatever y is."""
    z = (np.asarray(x) + 1e-20j) ** 5 + 9
    return (8 * z**3 + z**2 + 5).imag / 1e-20


# --- One sample through a neuron, and through a net of two layers


def neuron(answer):
    """(w (2,), b, x (2,), y) -> (loss, dw, db) of a sigmoid neuron with squared error."""
    for w, b, x, y in (
        (np.array([0.0, 0.0]), 0.0, np.array([1.0, 2.0]), 1.0),
        (np.array([1.0, -2.0]), 0.5, np.array([3.0, 1.0]), 0.0),
        (np.array([2, -1]), 1, np.array([1, 3]), 1),
        (normal(2), -0.7, normal(2, rng=1), 0.3),
        (fresh(2), float(fresh()), fresh(2), 1.0),
    ):
        example = Example(w=w, b=b, x=x, y=y)
        result = example.call(answer, "neuron", "w", "b", "x", "y")
        if not isinstance(result, tuple | list) or len(result) != 3:
            example.compare(_("neuron returns three things."), result, "(loss, dw, db)")
        at = w.astype(float), np.array(b, dtype=float)
        example.same("loss", result[0], neuron_loss(*at, x, y))
        for name, value, got in zip(("dw", "db"), at, result[1:], strict=True):
            slope = nudged(lambda at=at, x=x, y=y: neuron_loss(*at, x, y), value)
            example.same(name, got, slope)


def neuron_loss(w, b, x, y):
    """(o − y)² of a sigmoid neuron, for one sample."""
    return (sigmoid(w @ x + b) - y) ** 2


def path_sum(answer):
    """(net222, x (2,), y (2,)) -> the derivative of the loss by W1[0, 0]."""
    drawn = Net222(normal(2, 2), normal(2, rng=1), normal(2, 2, rng=2), normal(2, rng=3))
    unknown = Net222(fresh(2, 2), fresh(2), fresh(2, 2), fresh(2))
    for net, x, y in (
        net222(),
        (drawn, np.array([1.0, -2.0]), np.array([0.0, 1.0])),
        (unknown, fresh(2), fresh_digits(2, below=2).astype(float)),
    ):
        example = Example(**net._asdict(), x=x, y=y)

        def called(W1, b1, W2, b2, x, y):
            return answer(Net222(W1, b1, W2, b2), x, y)

        dw11 = example.call(called, "path_sum", *Net222._fields, "x", "y")
        slopes = nudged(lambda net=net, x=x, y=y: net222_loss(net, x, y), net.W1)
        example.same("dw11", dw11, slopes[0, 0])


def net222_loss(net, x, y):
    """The mean over the two outputs of (ŷ − y)²."""
    a1 = sigmoid(x @ net.W1 + net.b1)
    return np.mean((sigmoid(a1 @ net.W2 + net.b2) - y) ** 2)


# --- Matrices


def hidden_delta(answer):
    """(delta2 (N, outputs), W2 (hidden, outputs), a1 (N, hidden)) -> delta1 (N, hidden)."""
    for delta2, W2, z1 in (
        ([[2.0]], [[3.0]], [[0.0]]),
        ([[1.0, 2.0]], [[1.0, 3.0], [0.0, 5.0]], [[0.0, 1.0]]),
        ([[1, -2]], [[1, 0], [2, 1], [3, -1]], [[0.5, 0.0, -1.0]]),
        (normal(4, 2), normal(3, 2, rng=1), normal(4, 3, rng=2)),
        (fresh(3, 3), fresh(3, 3), fresh(3, 3)),
    ):
        delta2, W2, z1 = map(np.array, (delta2, W2, z1))
        example = Example(delta2=delta2, W2=W2, a1=sigmoid(z1))
        delta1 = example.call(answer, "hidden_delta", "delta2", "W2", "a1")
        # δ² is the slope of the loss by what comes after: so this has the same slopes as the loss.
        slopes = nudged(lambda d=delta2, W=W2, z=z1: np.sum(d * (sigmoid(z) @ W)), z1)
        example.same("delta1", delta1, slopes)


def all_layers(name):
    """A judge of a function (theta, X (m, inputs), Y (m, outputs), lam) -> D, an array per Θ."""

    def judge(answer):
        for theta, X, Y, lam in (
            ([np.zeros((1, 3))], np.array([[1.0, 2.0]]), np.array([[1.0]]), 0.0),
            ([np.array([[1.0, 2.0]])], np.array([[0.0], [1.0]]), np.array([[0.0], [1.0]]), 3.0),
            drawn(1, (2, 2, 1), 0.0),
            drawn(3, (3, 2, 2), 0.5),
            ([np.array([[0.5, -1.0, 1.0]])], np.array([[1, 0], [0, 2]]), np.array([[1], [0]]), 1),
            drawn(4, (2, 3, 3, 2), 2.0),
            drawn(5, (3, 4, 2, 3), 0.3, fresh),
        ):
            # By one name for each Θ, so that the card can show them.
            parts = {f"theta[{place}]": T for place, T in enumerate(theta)}
            example = Example(**parts, X=X, Y=Y, lam=lam)

            def called(*given):
                *theta, X, Y, lam = given
                return answer(theta, X, Y, lam)

            D = example.call(called, name, *parts, "X", "Y", "lam")
            same_list(example, D, theta, lambda t=theta, X=X, Y=Y, lam=lam: cost(t, X, Y, lam))

    return judge


def drawn(m, sizes, lam, draw=normal):
    """Random (theta, X, Y, lam) for m samples and layers of these sizes."""
    theta = [draw(n_out, n_in + 1) for n_in, n_out in pairwise(sizes)]
    return theta, draw(m, sizes[0]), (draw(m, sizes[-1]) > 0).astype(float), lam


def cost(theta, X, Y, lam):
    """J, the cross-entropy of sigmoid outputs with a penalty on all weights that are no bias."""
    a = X
    for T in theta:
        z = T[:, 0] + a @ T[:, 1:].T
        a = sigmoid(z)
    # y log a + (1 − y) log(1 − a) = y z − log(1 + exp z), which has no log 0
    penalty = sum(np.sum(T[:, 1:] ** 2) for T in theta)
    return (np.sum(np.logaddexp(0, z) - Y * z) + lam / 2 * penalty) / len(X)


def same_list(example, D, theta, loss):
    """Raise unless D holds, for each Θ, the slopes of loss() by its numbers."""
    if not isinstance(D, tuple | list) or len(D) != len(theta):
        wanted = _("a list with one array for each Θ, {count} in all", count=len(theta))
        example.compare(_("D is no list with one array for each Θ."), D, wanted)
    for place, T in enumerate(theta):
        rows, columns = T.shape
        kept = np.shape(D[place]) == (rows + 1, columns)
        code = "bias-entry-kept" if kept else None
        example.same(f"D[{place}]", D[place], nudged(loss, T), code=code)
    for place, value in enumerate(D):
        if not isinstance(value, np.ndarray):
            lines = facing(type(value).__name__, np.ndarray.__name__)
            text = _("{label} is no NumPy array.", label=f"D[{place}]")
            example.fail(text, *lines, code="nested-lists")


# --- Gradient checking


def numerical_gradient(answer):
    """(f, w of any shape, h) -> dw by central differences; w stays as it was."""
    for w, h in (
        (np.array([3.0]), 1.0),
        (np.array([1.0, -2.0]), 0.5),
        (np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]]), 0.1),
        (np.array([1, 2, 3]), 0.5),
        (normal(2, 2, 3), 1e-3),
        (fresh(3, 2), 0.2),
    ):
        example = Example(f="w ↦ Σ w³ + (Σ w)²", w=w, h=h)
        dw = example.call(lambda w, h=h: answer(bowl, w, h), "numerical_gradient", "w")
        example.same("dw", dw, reference.numerical_gradient(bowl, w, h))
    example = Example(f="w ↦ Σ w³ + (Σ w)²", w=np.array([1.0, -2.0]))
    dw = example.call(lambda w: answer(bowl, w), "numerical_gradient", "w")
    example.same(
        _("dw without an h"), dw, reference.numerical_gradient(bowl, np.array([1.0, -2.0]))
    )


def bowl(w):
    """A function in which each number matters to the slope by the others."""
    return float(np.sum(w**3) + np.sum(w) ** 2)


EXERCISES = [
    Exercise("chain_rule", "dy_dx", public.dy_dx, chain_rule),
    Exercise("neuron", "neuron", public.neuron, neuron),
    Exercise("path_sum", "path_sum", public.path_sum, path_sum),
    Exercise("hidden_delta", "hidden_delta", public.hidden_delta, hidden_delta),
    Exercise("accumulate", "accumulate", public.accumulate, all_layers("accumulate")),
    Exercise("vectorized", "vectorized", public.vectorized, all_layers("vectorized")),
    Exercise(
        "numerical_gradient", "numerical_gradient", public.numerical_gradient, numerical_gradient
    ),
]
