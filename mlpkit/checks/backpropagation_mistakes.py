"""The known mistakes in the exercises of Backpropagation, each with a twin that makes it.

Their inputs have as many rows as columns where a transposed matrix shall give numbers.
"""

from types import SimpleNamespace

import numpy as np

from ..data.example import net222
from ..i18n import N_
from . import reference as public
from .honest import copies
from .known import Known

reference = copies(public)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def logit(a):
    """The z of which a is the sigmoid."""
    return np.log(a / (1 - a))


# --- chain_rule


def chain_rule_trace(answer):
    yield "dy/dx at a point", answer(0.7)
    yield "dy/dx of an array", answer(np.array([0.5, -0.8, 1.2]))


def product(outer=lambda z, x: 24 * z**2 + 2 * z, inner=lambda x: 5 * x**4, nine=9):
    """A dy_dx with another derivative outside or inside."""

    def dy_dx(x):
        return outer(x**5 + nine, x) * inner(x)

    return dy_dx


def formula(of):
    """A dy_dx by a formula of z and of dz/dx."""

    def dy_dx(x):
        return of(x**5 + 9, 5 * x**4)

    return dy_dx


def as_float(x):
    return reference.dy_dx(float(x))


chain_rule = {
    "inner-missing": Known(
        N_("The inner derivative is missing: multiply by dz/dx = 5x⁴."),
        (product(inner=lambda x: 1),),
    ),
    "inner-factor": Known(
        N_("The inner derivative lacks its factor 5: the derivative of x⁵ is 5x⁴."),
        (product(inner=lambda x: x**4),),
    ),
    "inner-power": Known(
        N_("The inner derivative has another exponent: that of x⁵ becomes 4, dz/dx = 5x⁴."),
        (
            product(inner=lambda x: 5 * x**5),
            product(inner=lambda x: x**5),
            product(inner=lambda x: 5 * x),
            product(inner=lambda x: 4 * x**4),
            product(inner=lambda x: 4 * x**5),
        ),
    ),
    "outer-at-x": Known(
        N_("The outer derivative is taken at x: 24z² + 2z takes z = x⁵ + 9."),
        (
            product(lambda z, x: 24 * x**2 + 2 * x),
            product(lambda z, x: 24 * z**2 + 2 * x),
            product(lambda z, x: 24 * x**2 + 2 * z),
        ),
    ),
    "nine-missing": Known(
        N_("The 9 is missing in z: it has no derivative of its own, but z = x⁵ + 9 keeps it."),
        (product(nine=0),),
    ),
    "outer-factor": Known(
        N_("A factor of the outer derivative is missing: 8z³ gives 24z², and z² gives 2z."),
        (
            product(lambda z, x: 8 * z**2 + 2 * z),
            product(lambda z, x: 24 * z**2 + z),
            product(lambda z, x: 8 * z**2 + z),
            product(lambda z, x: 3 * z**2 + 2 * z),
        ),
    ),
    "outer-power": Known(
        N_("An exponent of the outer derivative is too high: z³ becomes 3z², z² becomes 2z."),
        (
            product(lambda z, x: 24 * z**3 + 2 * z**2),
            product(lambda z, x: 24 * z**3 + 2 * z),
            product(lambda z, x: 24 * z**2 + 2 * z**2),
        ),
    ),
    "second-term-missing": Known(
        N_("The second term is missing: z² has a derivative too, 2z."),
        (product(lambda z, x: 24 * z**2), product(lambda z, x: 24 * z**2 + 2)),
    ),
    "constant-kept": Known(
        N_("A constant is kept: the derivative of 5 is 0, and that of 9 as well."),
        (
            product(lambda z, x: 24 * z**2 + 2 * z + 5),
            product(inner=lambda x: 5 * x**4 + 9),
            formula(lambda z, dz: (24 * z**2 + 2 * z) * dz + 5),
        ),
    ),
    "brackets": Known(
        N_("The inner derivative reaches only one of the two terms: (24z² + 2z) needs brackets."),
        (
            formula(lambda z, dz: 24 * z**2 + 2 * z * dz),
            formula(lambda z, dz: 24 * z**2 * dz + 2 * z),
        ),
    ),
    "inner-added": Known(
        N_("The two derivatives are added: the chain rule multiplies them."),
        (formula(lambda z, dz: 24 * z**2 + 2 * z + dz),),
    ),
    "value": Known(
        N_("This is the value of y itself: its derivative by x is asked for."),
        (formula(lambda z, dz: 8 * z**3 + z**2 + 5), formula(lambda z, dz: 8 * z**3 + z**2)),
    ),
    "numbers-only": Known(
        N_("It works for a single number only: NumPy's ** and * also take arrays, math does not."),
        (as_float,),
        raises=True,
    ),
    "input-changed": Known(
        N_("The input is changed in place: x **= 5 writes into the caller's array.")
    ),
}


# --- neuron


def neuron_trace(answer):
    loss, dw, db = answer(np.array([0.8, -0.5]), 0.3, np.array([1.5, 2.0]), 0.2)
    yield "loss", loss
    yield "dw", dw
    yield "db", db
    yield "dw of whole numbers", answer(np.array([2, -1]), 1, np.array([1, 3]), 1)[1]


def unit(**changes):
    """A neuron in which some steps have another formula, of all that is known so far."""
    ways = {
        "net": lambda s: s.w @ s.x + s.b,
        "o": lambda s: sigmoid(s.net),
        "loss": lambda s: (s.o - s.y) ** 2,
        "slope": lambda s: s.o * (1 - s.o),
        "delta": lambda s: 2 * (s.o - s.y) * s.slope,
        "dw": lambda s: s.delta * s.x,
        "db": lambda s: s.delta,
    } | changes

    def neuron(w, b, x, y):
        s = SimpleNamespace(w=w, b=b, x=x, y=y)
        for name, way in ways.items():
            setattr(s, name, way(s))
        return s.loss, s.dw, s.db

    return neuron


def truncated_neuron(w, b, x, y):
    loss, dw, db = reference.neuron(w, b, x, y)
    return loss, dw.astype(w.dtype), db


def turned(w, b, x, y):
    loss, dw, db = reference.neuron(w, b, x, y)
    return dw, db, loss


def half_square(s):
    return (s.o - s.y) ** 2 / 2


def without_2(s):
    return (s.o - s.y) * s.slope


neuron = {
    "wrong-sign": Known(
        N_("The gradients have the wrong sign: the derivative of (o − y)² by o is 2(o − y)."),
        (unit(delta=lambda s: 2 * (s.y - s.o) * s.slope),),
    ),
    "missing-factor": Known(
        N_("The factor 2 is missing: the derivative of (o − y)² by o is 2(o − y)."),
        (unit(delta=without_2),),
    ),
    "half": Known(
        N_("There is a ½ too much: the loss is (o − y)², and its gradient keeps the 2."),
        (unit(loss=half_square, delta=without_2), unit(loss=half_square)),
    ),
    "slope-missing": Known(
        N_("The slope of the sigmoid is missing: multiply by o(1 − o)."),
        (unit(slope=lambda s: 1), unit(delta=lambda s: s.o - s.y)),
    ),
    "slope-incomplete": Known(
        N_("Only a part of the slope of the sigmoid is there: it is o(1 − o)."),
        (unit(slope=lambda s: s.o), unit(slope=lambda s: 1 - s.o)),
    ),
    "tanh-slope": Known(
        N_("This is the slope of tanh, 1 − o²; the sigmoid has o(1 − o)."),
        (unit(slope=lambda s: 1 - s.o**2),),
    ),
    "slope-at-net": Known(
        N_("The slope takes net where o belongs: it is o(1 − o), with o = sigmoid(net)."),
        (
            unit(slope=lambda s: s.net * (1 - s.net)),
            unit(slope=lambda s: sigmoid(s.o) * (1 - sigmoid(s.o))),
        ),
    ),
    "x-missing": Known(
        N_("x is missing in dw: in net = w·x + b it stands beside w, so dw = … · x."),
        (unit(dw=lambda s: s.delta), unit(dw=lambda s: s.delta * np.ones(2))),
    ),
    "w-instead-of-x": Known(
        N_("dw takes w where x belongs: the derivative of w·x by w is x."),
        (unit(dw=lambda s: s.delta * s.w),),
    ),
    "dw-summed": Known(
        N_(
            "dw is one number: it has an entry for each entry of w, so multiply by x without a sum."
        ),
        (unit(dw=lambda s: np.sum(s.delta * s.x)), unit(dw=lambda s: np.mean(s.delta * s.x))),
    ),
    "db-times-x": Known(
        N_("db takes x: in net = w·x + b a 1 stands beside b, so db has no factor x."),
        (
            unit(db=lambda s: s.delta * s.x),
            unit(db=lambda s: np.sum(s.delta * s.x)),
            unit(db=lambda s: np.mean(s.delta * s.x)),
        ),
    ),
    "db-times-b": Known(
        N_("db takes b: in net = w·x + b a 1 stands beside b, so db has no further factor."),
        (unit(db=lambda s: s.delta * s.b),),
    ),
    "db-zero": Known(
        N_("db is 0: the bias is learned as well, db = 2(o − y) · o(1 − o)."),
        (unit(db=lambda s: 0),),
    ),
    "no-bias": Known(
        N_("b is missing in the forward pass: net = w·x + b."),
        (unit(net=lambda s: s.w @ s.x),),
    ),
    "no-activation": Known(
        N_("The sigmoid is missing in the forward pass: o = sigmoid(net)."),
        (unit(o=lambda s: s.net), unit(o=lambda s: s.net, slope=lambda s: 1)),
    ),
    "sigmoid-sign": Known(
        N_("The minus in the sigmoid is missing: o = 1 / (1 + exp(−net))."),
        (unit(o=lambda s: sigmoid(-s.net)),),
    ),
    "not-squared": Known(
        N_("The loss is not squared: it is (o − y)²."),
        (unit(loss=lambda s: s.o - s.y), unit(loss=lambda s: np.abs(s.o - s.y))),
    ),
    "order": Known(
        N_("The results stand in another order: first the loss, then dw, then db."),
        (turned,),
    ),
    "integer-truncates": Known(
        N_("Whole numbers in, whole numbers out: an array made like w or x cuts off all decimals."),
        (truncated_neuron,),
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new array instead.")),
}


# --- path_sum


def path_sum_trace(answer):
    yield "dw11", answer(*net222())


def paths(**changes):
    """A path_sum in which some steps have another formula, of all that is known so far."""
    ways = {
        "a1": lambda s: sigmoid(s.x @ s.W1 + s.b1),
        "y_hat": lambda s: sigmoid(s.a1 @ s.W2 + s.b2),
        "residual": lambda s: s.y_hat - s.y,  # the 2 of the square and the 1/2 of the mean
        "slope2": lambda s: s.y_hat * (1 - s.y_hat),
        "edges": lambda s: s.W2[0],
        "sum": lambda s: np.sum(s.residual * s.slope2 * s.edges),
        "slope1": lambda s: s.a1[0] * (1 - s.a1[0]),
        "dw11": lambda s: s.sum * s.slope1 * s.x[0],
    } | changes

    def path_sum(net222, x, y):
        s = SimpleNamespace(**net222._asdict(), x=x, y=y)
        for name, way in ways.items():
            setattr(s, name, way(s))
        return s.dw11

    return path_sum


def one_path(output):
    return paths(sum=lambda s: (s.residual * s.slope2 * s.edges)[output])


def all_of_W1(s):
    delta1 = ((s.residual * s.slope2) @ s.W2.T) * s.a1 * (1 - s.a1)
    return np.outer(s.x, delta1)


path_sum = {
    "first-path-only": Known(
        N_("Only the path through ŷ₁ is there: hidden unit 1 reaches ŷ₂ as well. Add both paths."),
        (one_path(0),),
    ),
    "second-path-only": Known(
        N_("Only the path through ŷ₂ is there: hidden unit 1 reaches ŷ₁ as well. Add both paths."),
        (one_path(1),),
    ),
    "paths-multiplied": Known(
        N_("The paths are multiplied: along a path we multiply, but two paths are added."),
        (
            paths(sum=lambda s: np.prod(s.residual * s.slope2 * s.edges)),
            paths(dw11=lambda s: np.prod(s.residual * s.slope2 * s.edges * s.slope1 * s.x[0])),
        ),
    ),
    "missing-mean": Known(
        N_("It is twice the slope: the loss is a mean over two outputs, so each r² counts ½."),
        (paths(residual=lambda s: 2 * (s.y_hat - s.y)),),
    ),
    "half": Known(
        N_(
            "It is half the slope: r² gives 2r, which takes up the ½ of the mean, and the two "
            "paths are added, not averaged."
        ),
        (paths(residual=lambda s: (s.y_hat - s.y) / 2),),
    ),
    "wrong-sign": Known(
        N_("The slope has the wrong sign: r = ŷ − y, so the derivative of r² by ŷ is +2r."),
        (
            paths(residual=lambda s: s.y - s.y_hat),
            paths(residual=lambda s: 2 * (s.y - s.y_hat)),
        ),
    ),
    "hidden-slope-missing": Known(
        N_("The slope of the hidden sigmoid is missing: multiply by a(1 − a) of hidden unit 1."),
        (paths(slope1=lambda s: 1),),
    ),
    "output-slope-missing": Known(
        N_("The slope of the outputs' sigmoid is missing: each path has its own ŷ(1 − ŷ)."),
        (paths(slope2=lambda s: 1),),
    ),
    "tanh-slope": Known(
        N_("A slope is that of tanh, 1 − a²; the sigmoid has a(1 − a)."),
        (
            paths(slope1=lambda s: 1 - s.a1[0] ** 2),
            paths(slope2=lambda s: 1 - s.y_hat**2),
            paths(slope1=lambda s: 1 - s.a1[0] ** 2, slope2=lambda s: 1 - s.y_hat**2),
        ),
    ),
    "x-missing": Known(
        N_("x₁ is missing: it stands beside W1[0, 0] in the net input of hidden unit 1."),
        (paths(dw11=lambda s: s.sum * s.slope1),),
    ),
    "x2-taken": Known(
        N_("This takes x₂: W1[0, 0] belongs to the first input, x[0]."),
        (paths(dw11=lambda s: s.sum * s.slope1 * s.x[1]),),
    ),
    "W2-swapped": Known(
        N_(
            "The edges are a column of W2; those that leave hidden unit 1 are its first row, W2[0]."
        ),
        (paths(edges=lambda s: s.W2[:, 0]),),
    ),
    "W2-missing": Known(
        N_("W2 is missing: each path passes the edge from hidden unit 1 to its output."),
        (paths(edges=lambda s: 1),),
    ),
    "other-hidden-unit": Known(
        N_("This is the slope by W1[0, 1]: W1[0, 0] leads to the first hidden unit, a1[0]."),
        (
            paths(edges=lambda s: s.W2[1], slope1=lambda s: s.a1[1] * (1 - s.a1[1])),
            paths(slope1=lambda s: s.a1[1] * (1 - s.a1[1])),
            paths(edges=lambda s: s.W2[1]),
        ),
    ),
    "whole-matrix": Known(
        N_("These are the slopes by all of W1: the one by W1[0, 0] is asked for, a single number."),
        (paths(dw11=all_of_W1), paths(dw11=lambda s: all_of_W1(s).T)),
    ),
    "no-bias": Known(
        N_("A bias is missing in the forward pass: x @ W1 + b1, then a1 @ W2 + b2."),
        (
            paths(a1=lambda s: sigmoid(s.x @ s.W1), y_hat=lambda s: sigmoid(s.a1 @ s.W2)),
            paths(a1=lambda s: sigmoid(s.x @ s.W1)),
            paths(y_hat=lambda s: sigmoid(s.a1 @ s.W2)),
        ),
    ),
    "product-order": Known(
        N_("The products have the wrong order: W has the shape (inputs, outputs), so x @ W1."),
        (
            paths(
                a1=lambda s: sigmoid(s.W1 @ s.x + s.b1),
                y_hat=lambda s: sigmoid(s.W2 @ s.a1 + s.b2),
            ),
            paths(a1=lambda s: sigmoid(s.W1 @ s.x + s.b1)),
            paths(y_hat=lambda s: sigmoid(s.W2 @ s.a1 + s.b2)),
        ),
    ),
    "input-changed": Known(
        N_("The net is changed in place: a weight that is nudged must get its old number back.")
    ),
}


# --- hidden_delta

SQUARE = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [-0.4, 0.8, 1.1]])
OTHER = np.array([[1.0, 2.0, -1.5], [0.2, -0.6, 0.9], [1.3, 0.4, -2.0]])
HIDDEN = np.array([[0.2, 0.9, 0.4], [0.6, 0.3, 0.7], [0.1, 0.5, 0.8]])


def hidden_delta_trace(answer):
    yield "delta1", answer(SQUARE.copy(), OTHER.copy(), HIDDEN.copy())


def back(slope=lambda a: a * (1 - a), carried=lambda d, W: d @ W.T):
    """A hidden_delta with another slope, or another way back through W2."""

    def hidden_delta(delta2, W2, a1):
        return carried(delta2, W2) * slope(a1)

    return hidden_delta


hidden_delta = {
    "not-transposed": Known(
        N_("W2 needs the transpose: delta2 @ W2.T, (N, outputs) @ (outputs, hidden)."),
        (
            back(carried=lambda d, W: d @ W),
            back(carried=lambda d, W: W @ d),
            back(carried=lambda d, W: W.T @ d),
            back(carried=lambda d, W: (W @ d).T),
        ),
    ),
    "delta-transposed": Known(
        N_("The samples have become columns: keep them in rows, delta2 @ W2.T."),
        (
            lambda delta2, W2, a1: (W2 @ delta2.T) * a1 * (1 - a1),
            lambda delta2, W2, a1: (W2 @ delta2.T) * (a1 * (1 - a1)).T,
        ),
    ),
    "elementwise": Known(
        N_("* multiplies number by number; on the way back through W2 it is the matrix product @."),
        (back(carried=lambda d, W: d * W), back(carried=lambda d, W: d * W.T)),
    ),
    "slope-missing": Known(
        N_("The slope of the sigmoid is missing: multiply by a1 · (1 − a1)."),
        (back(lambda a: 1),),
    ),
    "slope-incomplete": Known(
        N_("Only a part of the slope of the sigmoid is there: it is a1 · (1 − a1)."),
        (back(lambda a: a), back(lambda a: 1 - a)),
    ),
    "tanh-slope": Known(
        N_("This is the slope of tanh, 1 − a²; the sigmoid has a(1 − a)."),
        (back(lambda a: 1 - a**2),),
    ),
    "sigmoid-again": Known(
        N_("The sigmoid is applied again: a1 is its output already, so the slope is a1(1 − a1)."),
        (back(lambda a: sigmoid(a) * (1 - sigmoid(a))),),
    ),
    "slope-at-z": Known(
        N_("The slope takes z where a belongs: a(1 − a) is for the output a1 of the sigmoid."),
        (back(lambda a: logit(a) * (1 - logit(a))),),
    ),
    "relu-slope": Known(
        N_("This is the slope of ReLU, 1 or 0; the sigmoid has a(1 − a)."),
        (back(lambda a: a > 0.5),),
    ),
    "slope-added": Known(
        N_("The slope is added: by the chain rule it is multiplied, number by number."),
        (lambda delta2, W2, a1: delta2 @ W2.T + a1 * (1 - a1),),
    ),
    "slope-as-matrix": Known(
        N_("The slope is multiplied with @: it belongs to each number by itself, so *."),
        (
            lambda delta2, W2, a1: delta2 @ W2.T @ (a1 * (1 - a1)),
            lambda delta2, W2, a1: (delta2 @ W2.T) @ (a1 * (1 - a1)).T,
        ),
    ),
    "slope-too-early": Known(
        N_("The slope comes too early: first back through W2, then times a1 · (1 − a1)."),
        (lambda delta2, W2, a1: (delta2 * a1 * (1 - a1)) @ W2.T,),
    ),
    "double-mean": Known(
        N_("It is divided by N here: the 1/N comes in once, and hidden_delta has no part in it."),
        (lambda delta2, W2, a1: reference.hidden_delta(delta2, W2, a1) / len(a1),),
    ),
    "summed": Known(
        N_("It is summed over the batch: each sample keeps its own row, delta1 is (N, hidden)."),
        (
            lambda delta2, W2, a1: reference.hidden_delta(delta2, W2, a1).sum(axis=0),
            lambda delta2, W2, a1: reference.hidden_delta(delta2, W2, a1).mean(axis=0),
        ),
    ),
    "wrong-sign": Known(
        N_("It has the wrong sign: nothing on the way back through W2 turns it round."),
        (lambda delta2, W2, a1: -reference.hidden_delta(delta2, W2, a1), back(lambda a: a**2 - a)),
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new array instead.")),
}


# --- accumulate and vectorized


def layers_trace(answer):
    """Nets of which each kind of wrong product gives numbers in one, if not in another.

    First there are as many samples as units; at last each Θ without its bias column is square.
    """
    X, Y = SQUARE[:, 1:] * 0.5, np.array([[1.0, 0, 0], [0, 1, 1], [1, 1, 0]])
    one, two = [OTHER], [OTHER, np.hstack([SQUARE[:, :1] + 0.2, SQUARE])]
    square = [OTHER[:2], SQUARE[1:] + 0.2]

    def D(theta):
        return answer([T.copy() for T in theta], X.copy(), Y[:, : len(theta[-1])].copy(), 0.6)

    yield "D[0] of one layer", lambda: np.append(D(one)[0], of_one_unit(answer, X, Y))
    yield "D[1] of two layers", lambda: D(two)[1]
    yield "D[0] of two layers", lambda: D(two)[0]
    yield "D[1] of a square net", lambda: D(square)[1]
    yield "D[0] of a square net", lambda: D(square)[0]


def of_one_unit(answer, X, Y):
    """D[0] of a net with 1 unit, which tells m from the number of units; nan if that fails."""
    try:
        return answer([OTHER[:1].copy()], X.copy(), Y[:, :1], 0.6)[0]
    except Exception:
        return np.nan


def weights(T):
    """Θ with zeros in the column of the bias."""
    return np.hstack([np.zeros((len(T), 1)), T[:, 1:]])


def ones_first(a):
    return np.hstack([np.ones((len(a), 1)), a])


def turned_theta(delta, T):
    """δ by Θ turned the wrong way."""
    return delta @ T[:, 1:].T


def turned_above(delta, T):
    """The same, where that gives numbers: like code that ends its way back above the inputs."""
    return turned_theta(delta, T) if len(T) == T.shape[1] - 1 else delta @ T[:, 1:]


def derivative(**changes):
    """A function (theta, X, Y, lam) -> D in which some steps have another formula."""
    ways = {
        "one": ones_first,
        "last": lambda a, y: a - y,
        "carried": lambda delta, T: delta @ T[:, 1:],
        "slope": lambda a: a * (1 - a),
        "sum": lambda delta, a: delta.T @ a,
        "D": lambda S, T, lam, m: (S + lam * weights(T)) / m,
    } | changes

    def gradient(theta, X, Y, lam):
        a = [X]
        for T in theta:
            a.append(sigmoid(ways["one"](a[-1]) @ T.T))
        delta, found = ways["last"](a[-1], Y), []
        for T, below in zip(theta[::-1], a[-2::-1], strict=True):
            S = ways["sum"](delta, ways["one"](below))
            found.insert(0, ways["D"](S, T, lam, len(X)))
            delta = ways["carried"](delta, T) * ways["slope"](below)
        return found

    return gradient


both = {
    "bias-regularized": Known(
        N_("λ pulls at the bias too: in the column j = 0 there is no λΘ, D = Δ/m."),
        (derivative(D=lambda S, T, lam, m: (S + lam * T) / m),),
    ),
    "lambda-not-divided": Known(
        N_("λΘ is not divided by m: D = (Δ + λΘ)/m, one division for both."),
        (
            derivative(D=lambda S, T, lam, m: S / m + lam * weights(T)),
            derivative(D=lambda S, T, lam, m: S / m + lam * T),
        ),
    ),
    "lambda-missing": Known(
        N_("λΘ is missing: D = (Δ + λΘ)/m in all columns but that of the bias."),
        (
            derivative(D=lambda S, T, lam, m: S / m),
            derivative(D=lambda S, T, lam, m: (S + lam * (T - weights(T))) / m),
        ),
    ),
    "lambda-halved": Known(
        N_("λΘ is halved: J has λ/2m · Θ², and the 2 of the derivative takes up the ½."),
        (derivative(D=lambda S, T, lam, m: (S + lam / 2 * weights(T)) / m),),
    ),
    "decay-sign": Known(
        N_("λΘ has the wrong sign: the penalty adds to J, so D = (Δ + λΘ)/m."),
        (derivative(D=lambda S, T, lam, m: (S - lam * weights(T)) / m),),
    ),
    "not-averaged": Known(
        N_("Δ is not divided by m: J is a mean over m samples, so D = (Δ + λΘ)/m."),
        (
            derivative(D=lambda S, T, lam, m: S + lam * weights(T)),
            derivative(D=lambda S, T, lam, m: S + lam * weights(T) / m),
        ),
    ),
    "double-mean": Known(
        N_("It is divided by m twice: D = (Δ + λΘ)/m has one division."),
        (
            derivative(D=lambda S, T, lam, m: (S / m + lam * weights(T)) / m),
            derivative(D=lambda S, T, lam, m: (S + lam * weights(T)) / m**2),
        ),
    ),
    "wrong-sign": Known(
        N_("Δ has the wrong sign: at the output δ = a − y, not y − a."),
        (derivative(last=lambda a, y: y - a),),
    ),
    "output-slope": Known(
        N_("At the output there is a slope a(1 − a) too much: with the cross-entropy δ = a − y."),
        (
            derivative(last=lambda a, y: (a - y) * a * (1 - a)),
            derivative(last=lambda a, y: 2 * (a - y) * a * (1 - a)),
        ),
    ),
    "factor-2": Known(
        N_("There is a factor 2 too much: that is of r², but with the cross-entropy δ = a − y."),
        (derivative(last=lambda a, y: 2 * (a - y)),),
    ),
    "slope-missing": Known(
        N_("The slope of the hidden sigmoid is missing: δ is multiplied by a(1 − a) there."),
        (derivative(slope=lambda a: 1),),
    ),
    "tanh-slope": Known(
        N_("This is the slope of tanh, 1 − a²; the sigmoid has a(1 − a)."),
        (derivative(slope=lambda a: 1 - a**2),),
    ),
    "slope-at-z": Known(
        N_("The slope takes z where a belongs: g′(z) = a(1 − a), with a = sigmoid(z)."),
        (
            derivative(slope=lambda a: logit(a) * (1 - logit(a))),
            derivative(slope=lambda a: sigmoid(a) * (1 - sigmoid(a))),
        ),
    ),
    "not-transposed": Known(
        N_(
            "Θ is turned the wrong way on the way back: a unit of the layer below collects from "
            "its own column of Θ."
        ),
        (derivative(carried=turned_theta), derivative(carried=turned_above)),
    ),
    "other-entry-dropped": Known(
        N_("The wrong entry is dropped: the bias stands first, in column 0 of Θ."),
        (derivative(carried=lambda delta, T: delta @ T[:, :-1]),),
    ),
    "bias-entry-kept": Known(
        N_("The bias entry of δ is kept: drop it, for the leading 1 has no weights below it.")
    ),
    "one-at-the-end": Known(
        N_("The 1 stands at the end of a: the bias is column 0 of Θ, so the 1 comes first."),
        (derivative(one=lambda a: np.hstack([a, np.ones((len(a), 1))])),),
    ),
    "D-reversed": Known(
        N_("D stands in reverse order: its first array belongs to the first Θ."),
        (lambda theta, X, Y, lam: reference.vectorized(theta, X, Y, lam)[::-1],),
    ),
    "nested-lists": Known(
        N_("The numbers are right, but in lists: D holds a NumPy array for each Θ, np.array(...).")
    ),
    "input-changed": Known(
        N_("An input is changed in place: Θ with a 0 for the bias has to be a copy.")
    ),
}

accumulate = both | {
    "overwritten": Known(
        N_("Only the last sample counts: Δ is set anew for each sample. Add to it with +=."),
        (derivative(sum=lambda delta, a: np.outer(delta[-1], a[-1])),),
    ),
    "first-sample-only": Known(
        N_("Only the first sample counts: the loop over the samples ends too early."),
        (derivative(sum=lambda delta, a: np.outer(delta[0], a[0])),),
    ),
}

vectorized = both | {
    "wrong-axis": Known(
        N_("The sum runs over the wrong axis: Δ sums over the samples, δᵀ A."),
        (
            derivative(sum=lambda delta, a: delta @ a),
            derivative(sum=lambda delta, a: delta @ a.T),
            derivative(sum=lambda delta, a: delta.T @ a.T),
        ),
    ),
    "Delta-transposed": Known(
        N_("Δ is transposed: δᵀ A has the shape of Θ, (units, 1 + inputs), and Aᵀ δ has not."),
        (
            derivative(sum=lambda delta, a: a.T @ delta),
            derivative(sum=lambda delta, a: a @ delta),
            lambda theta, X, Y, lam: [D.T for D in reference.vectorized(theta, X, Y, lam)],
        ),
    ),
    "averaged-too-early": Known(
        N_("The samples are averaged before the product: each δ has to meet the a of its sample."),
        (
            derivative(sum=lambda delta, a: np.outer(delta.sum(axis=0), a.mean(axis=0))),
            derivative(sum=lambda delta, a: np.outer(delta.mean(axis=0), a.mean(axis=0))),
            derivative(sum=lambda delta, a: np.outer(delta.sum(axis=0), a.sum(axis=0))),
        ),
    ),
    "divided-by-units": Known(
        N_("It is divided by the number of units: J is a mean over the m samples alone."),
        (
            derivative(D=lambda S, T, lam, m: (S + lam * weights(T)) / (m * len(T))),
            derivative(D=lambda S, T, lam, m: (S / len(T) + lam * weights(T)) / m),
        ),
    ),
}


# --- numerical_gradient


def numerical_gradient_trace(answer):
    yield "dw", answer(bowl, np.array([0.5, -1.0, 2.0]), 0.1)
    yield "dw of a matrix", answer(bowl, SQUARE[:2].copy(), 0.2)
    yield "dw of whole numbers", answer(bowl, np.array([1, 2, 3]), 0.5)


def bowl(w):
    """Each number has its own weight, so that an order can be told."""
    return float(np.sum(np.arange(1, np.size(w) + 1).reshape(np.shape(w)) * w**3) + np.sum(w) ** 2)


def differences(quotient):
    """A numerical_gradient with another quotient, of f, w, the nudge as an array, and h."""

    def numerical_gradient(f, w, h=1e-5):
        w, dw = np.array(w, dtype=float), np.zeros(w.shape)
        for place in np.ndindex(w.shape):
            nudge = np.zeros(w.shape)
            nudge[place] = h
            dw[place] = quotient(f, w, nudge, h)
        return dw

    return numerical_gradient


def central(f, w, nudge, h):
    return (f(w + nudge) - f(w - nudge)) / (2 * h)


def all_at_once(f, w, h=1e-5):
    return (f(w + h) - f(w - h)) / (2 * h)


def not_restored(rest):
    """A numerical_gradient that leaves w + rest · h behind in its copy."""

    def numerical_gradient(f, w, h=1e-5):
        w, dw = np.array(w, dtype=float), np.zeros(w.shape)
        for place in np.ndindex(w.shape):
            nudge = np.zeros(w.shape)
            nudge[place] = h
            dw[place] = central(f, w, nudge, h)
            w += rest * nudge
        return dw

    return numerical_gradient


def truncated_nudge(f, w, h=1e-5):
    w, dw = w.copy(), np.zeros(w.shape)
    for place in np.ndindex(w.shape):
        kept, values = w[place], []
        for side in (h, -h):
            w[place] = kept + side
            values.append(f(w))
        w[place] = kept
        dw[place] = (values[0] - values[1]) / (2 * h)
    return dw


def row_by_row(f, w, h=1e-5):
    w, dw = np.array(w, dtype=float), np.zeros(w.shape)
    for row in range(len(w)):
        nudge = np.zeros(w.shape)
        nudge[row] = h
        dw[row] = central(f, w, nudge, h)
    return dw


numerical_gradient = {
    "forward-difference": Known(
        N_(
            "This is the forward difference: a central one goes to both sides, f(w + h) − f(w − h)."
        ),
        (differences(lambda f, w, n, h: (f(w + n) - f(w)) / h),),
    ),
    "backward-difference": Known(
        N_(
            "This is the backward difference: a central one goes to both sides, "
            "f(w + h) − f(w − h)."
        ),
        (differences(lambda f, w, n, h: (f(w) - f(w - n)) / h),),
    ),
    "missing-2": Known(
        N_("The 2 is missing: from w − h to w + h it is 2h, so divide by 2h."),
        (differences(lambda f, w, n, h: (f(w + n) - f(w - n)) / h),),
    ),
    "one-side": Known(
        N_("Only one side is nudged, but it is divided by 2h: f(w + h) − f(w − h) belongs to 2h."),
        (
            differences(lambda f, w, n, h: (f(w + n) - f(w)) / (2 * h)),
            differences(lambda f, w, n, h: (f(w) - f(w - n)) / (2 * h)),
        ),
    ),
    "brackets": Known(
        N_("Brackets are missing: / 2 * h divides by 2 and multiplies by h. Write / (2 * h)."),
        (
            differences(lambda f, w, n, h: (f(w + n) - f(w - n)) / 2 * h),
            differences(lambda f, w, n, h: f(w + n) - f(w - n) / (2 * h)),
        ),
    ),
    "not-divided": Known(
        N_("The difference is not divided by 2h: a slope is a difference per step."),
        (
            differences(lambda f, w, n, h: f(w + n) - f(w - n)),
            differences(lambda f, w, n, h: (f(w + n) - f(w - n)) / 2),
        ),
    ),
    "half-step": Known(
        N_("w is nudged by h/2 to each side: here it goes h to each side, divided by 2h."),
        (differences(lambda f, w, n, h: (f(w + n / 2) - f(w - n / 2)) / h),),
    ),
    "h-ignored": Known(
        N_("h is not used: nudge by the h that is given, 1e-5 is only what it is without one."),
        tuple(
            differences(lambda f, w, n, h, own=own: central(f, w, n / h * own, own))
            for own in (1e-5, 1e-4, 1e-6)
        ),
    ),
    "wrong-sign": Known(
        N_("The sign is wrong: f(w + h) comes first, and f(w − h) is subtracted."),
        (differences(lambda f, w, n, h: (f(w - n) - f(w + n)) / (2 * h)),),
    ),
    "all-at-once": Known(
        N_("All entries are nudged at once: nudge one, ask f, put it back, then the next."),
        (all_at_once, lambda f, w, h=1e-5: np.full(w.shape, all_at_once(f, w, h))),
    ),
    "entry-alone": Known(
        N_("f gets a single entry: it needs all of w, of which one entry is nudged."),
        (
            lambda f, w, h=1e-5: np.reshape(
                [(f(v + h) - f(v - h)) / (2 * h) for v in np.ravel(w)], np.shape(w)
            ),
        ),
    ),
    "not-restored": Known(
        N_("A nudge stays while the next entry is nudged: put each entry back first."),
        (not_restored(1), not_restored(-1)),
    ),
    "row-nudged": Known(
        N_("Whole rows are nudged: np.ndindex(w.shape) walks through the entries of any shape."),
        (row_by_row,),
    ),
    "flat": Known(
        N_("The result is flat: dw has the shape of w, one slope for each entry."),
        (
            lambda f, w, h=1e-5: np.ravel(reference.numerical_gradient(f, w, h)),
            lambda f, w, h=1e-5: np.reshape(reference.numerical_gradient(f, w, h), (-1, 1)),
        ),
    ),
    "integer-truncates": Known(
        N_("Whole numbers cut off the nudge or the slope: work on copies made of floats."),
        (
            truncated_nudge,
            lambda f, w, h=1e-5: reference.numerical_gradient(f, w, h).astype(w.dtype),
            lambda f, w, h=1e-5: truncated_nudge(f, w, h).astype(w.dtype),
        ),
    ),
    "input-changed": Known(
        N_(
            "w is another afterwards: put back the number that was kept. += h and −= h leave "
            "rounding errors."
        )
    ),
}

KNOWN = {
    "chain_rule": chain_rule,
    "neuron": neuron,
    "path_sum": path_sum,
    "hidden_delta": hidden_delta,
    "accumulate": accumulate,
    "vectorized": vectorized,
    "numerical_gradient": numerical_gradient,
}
TRACES = {
    "chain_rule": chain_rule_trace,
    "neuron": neuron_trace,
    "path_sum": path_sum_trace,
    "hidden_delta": hidden_delta_trace,
    "accumulate": layers_trace,
    "vectorized": layers_trace,
    "numerical_gradient": numerical_gradient_trace,
}
RIGHT = {
    "chain_rule": reference.dy_dx,
    "neuron": reference.neuron,
    "path_sum": reference.path_sum,
    "hidden_delta": reference.hidden_delta,
    "accumulate": reference.accumulate,
    "vectorized": reference.vectorized,
    "numerical_gradient": reference.numerical_gradient,
}
SECTIONS = {
    "chain_rule": N_("1. The chain rule"),
    "neuron": N_("2. One neuron"),
    "path_sum": N_("3. The 2-2-2 network"),
    "hidden_delta": N_("4. In matrices"),
    "accumulate": N_("5. δ, Δ and D"),
    "vectorized": N_("5. δ, Δ and D"),
    "numerical_gradient": N_("6. Gradient checking"),
}
