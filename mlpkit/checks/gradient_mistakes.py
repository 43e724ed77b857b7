"""The known mistakes in the exercises of GradientDescent, each with a twin that makes it."""

from types import SimpleNamespace

import numpy as np

from ..i18n import N_
from . import reference as public
from .honest import copies
from .known import Known

reference = copies(public)


def arrays_only(right):
    """Right functions that first ask their first input for what only an array has."""

    def asking(ask):
        def answer(first, *others):
            ask(first)
            return right(first, *others)

        return answer

    asks = list, lambda a: a.shape, lambda a: a.size, lambda a: a.dtype
    return *map(asking, asks), asking(lambda a: a.copy()), asking(lambda a: a.astype(float))


# --- rmse


def rmse_trace(answer):
    yield "rmse", answer(np.array([2.0, 5.0, -1.0, 4.0]), np.array([3.0, 3.0, 0.5, 8.0]))
    yield "rmse of whole numbers", answer(np.array([2, 5, 7]), np.array([3, 3, 4]))


def size(formula):
    """An rmse with another formula, of r and N."""

    def rmse(y_hat, y):
        return formula(y_hat - y, len(y))

    return rmse


rmse = {
    "no-root": Known(
        N_("The root is missing: the mean of r² has the unit of y², its root that of y."),
        (size(lambda r, n: np.mean(r * r)), size(lambda r, n: np.sum(r * r))),
    ),
    "not-averaged": Known(
        N_("This is the root of the sum of r²: divide the sum by N, then take the root."),
        (size(lambda r, n: np.sqrt(np.sum(r * r))),),
    ),
    "mean-after-root": Known(
        N_("The 1/N stands outside the root: first the mean of r², then its root."),
        (size(lambda r, n: np.sqrt(np.sum(r * r)) / n),),
    ),
    "absolute": Known(
        N_("This is the mean of |r|: a root taken of each r² undoes the square. Take it last."),
        (size(lambda r, n: np.mean(np.abs(r))),),
    ),
    "not-squared": Known(
        N_("The errors r are not squared: positive and negative ones cancel each other."),
        (size(lambda r, n: np.mean(r)), size(lambda r, n: np.sqrt(np.mean(r)))),
    ),
    "mean-before-square": Known(
        N_("The mean comes before the square: square each r first, then take the mean."),
        (size(lambda r, n: np.abs(np.mean(r))), size(lambda r, n: np.mean(r) ** 2)),
    ),
    "half": Known(
        N_("There is a ½ too much: this course takes the mean of r², not of ½r²."),
        (size(lambda r, n: np.sqrt(np.mean(r * r) / 2)),),
    ),
    "divided-by-n-minus-1": Known(
        N_("The sum of r² is divided by N − 1: a mean over N samples is divided by N."),
        (size(lambda r, n: np.sqrt(np.sum(r * r) / (n - 1))),),
    ),
    "standard-deviation": Known(
        N_("The mean of r is subtracted (np.std does so): then errors that are all alike give 0."),
        (size(lambda r, n: np.std(r)), size(lambda r, n: np.std(r, ddof=1))),
    ),
    "array": Known(
        N_("The result is an array: the RMSE is one number for all samples together."),
        (
            size(lambda r, n: np.abs(r)),
            size(lambda r, n: r * r),
            size(lambda r, n: np.sqrt(r * r / n)),
            size(lambda r, n: np.sqrt(np.mean(r * r, keepdims=True))),
        ),
    ),
    "input-changed": Known(
        N_("An input is changed in place: y_hat -= y writes into the caller's.")
    ),
}


# --- surface_gradient


def surface_trace(answer):
    yield "the pair at a point", answer(1.5, -0.7)
    dx, dy = answer(np.array([1.5, -2.0, 0.4]), np.array([0.9, -0.7, 2.5]))
    yield "dx", dx
    yield "dy", dy


def slopes(dx=lambda x, y: 2 * x, dy=lambda x, y: 3 * y**2):
    """A surface_gradient with other formulas for dx and dy."""

    def surface_gradient(x, y):
        return dx(x, y), dy(x, y)

    return surface_gradient


def surface(x, y):
    return x**2 + y**3


def quotients(h):
    """A surface_gradient by difference quotients with a step h that is too long."""
    return slopes(
        lambda x, y: (surface(x + h, y) - surface(x, y)) / h,
        lambda x, y: (surface(x, y + h) - surface(x, y)) / h,
    )


def length(x, y):
    return np.hypot(*reference.surface_gradient(x, y))


def added(x, y):
    return 2 * x + 3 * y**2


def by_cases(x, y):
    return (2 * x, 3 * y**2) if x or y else (0.0, 0.0)


def as_floats(x, y):
    return 2 * float(x), 3 * float(y) ** 2


def by_shape(x, y):
    return np.full(x.shape, 2 * x), 3 * y**2


def by_length(x, y):
    return [2 * x[i] for i in range(len(x))], 3 * y**2


surface_gradient = {
    "value": Known(
        N_("This is the value of f itself: its derivatives are asked for, by x and by y."),
        (surface, slopes(surface, surface)),
    ),
    "not-differentiated": Known(
        N_("These are the terms x² and y³ themselves: take the derivative of each."),
        (
            slopes(lambda x, y: x**2, lambda x, y: y**3),
            slopes(lambda x, y: x**2),
            slopes(dy=lambda x, y: y**3),
        ),
    ),
    "swapped": Known(
        N_("The two results are swapped: first the derivative by x, then the one by y."),
        (lambda x, y: (3 * y**2, 2 * x),),
    ),
    "missing-factor": Known(
        N_("The exponent goes down and comes in front: 2 for x², 3 for y³. A factor is missing."),
        (
            slopes(lambda x, y: x),
            slopes(dy=lambda x, y: y**2),
            slopes(lambda x, y: x, lambda x, y: y**2),
            slopes(dy=lambda x, y: 2 * y**2),
        ),
    ),
    "power-kept": Known(
        N_("The exponent stays as it was: it goes down by one, x² to x and y³ to y²."),
        (
            slopes(lambda x, y: 2 * x**2, lambda x, y: 3 * y**3),
            slopes(lambda x, y: 2 * x**2),
            slopes(dy=lambda x, y: 3 * y**3),
        ),
    ),
    "power-too-low": Known(
        N_("The exponent is too low: it goes down by one only, x² to x and y³ to y²."),
        (
            slopes(dy=lambda x, y: 3 * y),
            slopes(lambda x, y: 2 + 0 * x),
            slopes(lambda x, y: 2 + 0 * x, lambda x, y: 3 * y),
        ),
    ),
    "second-derivative": Known(
        N_("This is differentiated twice: the gradient is made of the first derivatives."),
        (slopes(lambda x, y: 2 + 0 * x, lambda x, y: 6 * y), slopes(dy=lambda x, y: 6 * y)),
    ),
    "as-y-squared": Known(
        N_("y is treated like x: it has the exponent 3, not 2."), (slopes(dy=lambda x, y: 2 * y),)
    ),
    "other-not-constant": Known(
        N_("By x, the term y³ is a constant, so its derivative is 0; likewise x² by y."),
        (
            slopes(lambda x, y: 2 * x + y**3, lambda x, y: x**2 + 3 * y**2),
            slopes(lambda x, y: 2 * x + y**3),
            slopes(dy=lambda x, y: x**2 + 3 * y**2),
        ),
    ),
    "added": Known(
        N_("The two derivatives are added: the gradient keeps them apart, as (dx, dy)."),
        (added, slopes(added, added)),
    ),
    "wrong-sign": Known(
        N_("A sign is wrong: the gradient points uphill. The minus belongs to the step downhill."),
        (
            slopes(lambda x, y: -2 * x, lambda x, y: -3 * y**2),
            slopes(lambda x, y: -2 * x),
            slopes(dy=lambda x, y: -3 * y**2),
        ),
    ),
    "length": Known(
        N_("This is the length of the gradient: return its two parts, (dx, dy)."), (length,)
    ),
    "normalized": Known(
        N_("The gradient is divided by its length: that keeps where it points, not how steep."),
        (slopes(lambda x, y: 2 * x / length(x, y), lambda x, y: 3 * y**2 / length(x, y)),),
    ),
    "difference": Known(
        N_("This is the slope over a long step: take the derivative itself, by its formula."),
        tuple(map(quotients, (1, 0.1, 0.01))),
    ),
    "numbers-only": Known(
        N_("It works for single numbers only: without if, float() and math it works for arrays."),
        (by_cases, as_floats),
        raises=True,
    ),
    "arrays-only": Known(
        N_("It works for arrays only: the same formula, without shapes and lengths, serves both."),
        (by_shape, by_length, *arrays_only(reference.surface_gradient)),
        raises=True,
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new value instead.")),
}


# --- update


def update_trace(answer):
    w, b = answer(np.array([1.0, -2.0, 0.5]), 3.0, np.array([4.0, 2.5, -1.0]), -5.0, 0.4)
    yield "w and b", [*np.ravel(w), *np.ravel(b)]
    w, b = answer(np.array([3, 1]), 2, np.array([1, -4]), 3, 0.1)
    yield "w and b of whole numbers", [*np.ravel(w), *np.ravel(b)]
    yield "w and b of a single weight", answer(3.0, 1.0, 4.0, 2.0, 0.1)


def right_step(value, gradient, lr):
    return value - lr * gradient


def stay(value, gradient, lr):
    return value


def uphill(value, gradient, lr):
    return value + lr * gradient


def full_step(value, gradient, lr):
    return value - gradient


def moved(of_w=right_step, of_b=right_step):
    """An update that moves w or b in another way: of_w(value, gradient, lr)."""

    def update(w, b, dw, db, lr):
        return of_w(w, dw, lr), of_b(b, db, lr)

    return update


def alike(way):
    """An update that moves both w and b in the same other way."""
    return moved(way, way)


def truncated_update(w, b, dw, db, lr):
    new = np.zeros_like(w)
    new[...] = w - lr * dw
    return new, b - lr * db


def by_index(w, b, dw, db, lr):
    return [w[i] - lr * dw[i] for i in range(len(w))], b - lr * db


def by_copy(w, b, dw, db, lr):
    return w.copy() - lr * dw, b - lr * db


update = {
    "wrong-sign": Known(
        N_("The step goes uphill: the gradient points to where the loss grows, so subtract it."),
        (alike(uphill), moved(uphill), moved(of_b=uphill)),
    ),
    "no-learning-rate": Known(
        N_("The learning rate is missing: w ← w − lr · dw, and the same for b."),
        (alike(full_step),),
    ),
    "rate-on-one": Known(
        N_("Only one of w and b uses the learning rate: both gradients are multiplied by lr."),
        (moved(full_step), moved(of_b=full_step)),
    ),
    "bias-left-out": Known(N_("b stays as it was: it takes a step too."), (moved(of_b=stay),)),
    "weights-left-out": Known(N_("w stays as it was: it takes a step too."), (moved(stay),)),
    "divides-by-lr": Known(
        N_("The gradient is divided by the learning rate: multiply, w ← w − lr · dw."),
        (alike(lambda v, g, lr: v - g / lr),),
    ),
    "wrong-brackets": Known(
        N_("lr multiplies the weight too: only the gradient is multiplied, w − lr · dw."),
        (alike(lambda v, g, lr: lr * (v - g)), alike(lambda v, g, lr: (1 - lr) * v - lr * g)),
    ),
    "reversed": Known(
        N_("The difference is the wrong way round: start from the old value, w − lr · dw."),
        (alike(lambda v, g, lr: lr * g - v),),
    ),
    "replaces": Known(
        N_("The old value is lost: these are the steps alone. Start from it, w − lr · dw."),
        (alike(lambda v, g, lr: -lr * g), alike(lambda v, g, lr: lr * g)),
    ),
    "step-twice": Known(
        N_("The step is taken twice: subtract lr · dw once."),
        (alike(lambda v, g, lr: v - 2 * lr * g),),
    ),
    "gradients-exchanged": Known(
        N_("The gradients are exchanged: dw belongs to w, and db to b."),
        (lambda w, b, dw, db, lr: (w - lr * db, b - lr * dw),),
    ),
    "gradient-summed": Known(
        N_("All weights take the same step: each has its own entry of dw, so no sum and no mean."),
        (
            moved(lambda v, g, lr: v - lr * np.sum(g)),
            moved(lambda v, g, lr: v - lr * np.mean(g)),
        ),
    ),
    "swapped": Known(
        N_("The two results are swapped: first w, then b."),
        (lambda w, b, dw, db, lr: (b - lr * db, w - lr * dw),),
    ),
    "integer-truncates": Known(
        N_("Whole numbers in, whole numbers out: an array made like w cuts off all decimals."),
        (truncated_update,),
    ),
    "arrays-only": Known(
        N_("It works for arrays only: w − lr · dw as a whole serves a single weight as well."),
        (by_index, by_copy, *arrays_only(reference.update)),
        raises=True,
    ),
    "input-changed": Known(
        N_("w is changed in place: w -= … writes into the caller's array, w - … makes a new one.")
    ),
}


# --- sign_bug


def neuron_trace(answer):
    x = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [-0.4, 0.8, 1.1]])
    w, b = answer(np.array([0.6, -0.2, 0.9]), 0.3, x, np.array([1.0, 0.0, 1.0]), 0.7)
    yield "w and b", [*np.ravel(w), *np.ravel(b)]


def sigmoid(net):
    return 1 / (1 + np.exp(-net))


def right_delta(s):
    return 2 * (s.o - s.y) * s.o * (1 - s.o) / s.n


def down_w(s):
    return s.w - s.lr * s.x.T @ s.delta


def down_b(s):
    return s.b - s.lr * np.sum(s.delta)


def neuron(delta=right_delta, of_w=down_w, of_b=down_b):
    """A neuron_step in which the gradient by net, or the new w or b, has another formula."""

    def neuron_step(w, b, x, y, lr):
        s = SimpleNamespace(w=w, b=b, x=x, y=y, lr=lr, n=len(y))
        s.net = x @ w + b
        s.o = sigmoid(s.net)
        s.delta = delta(s)
        return of_w(s), of_b(s)

    return neuron_step


def with_slope(slope):
    """A neuron_step with another derivative of the activation."""
    return neuron(lambda s: 2 * (s.o - s.y) * slope(s) / s.n)


def scaled(factor):
    """Neuron steps in which the gradients of both, of w only or of b only have a factor more."""

    def of_w(s):
        return s.w - s.lr * factor(s) * (s.x.T @ s.delta)

    def of_b(s):
        return s.b - s.lr * factor(s) * np.sum(s.delta)

    return neuron(of_w=of_w, of_b=of_b), neuron(of_w=of_w), neuron(of_b=of_b)


UPHILL, UPHILL_W, UPHILL_B = scaled(lambda s: -1)

sign_bug = {
    "wrong-sign": Known(
        N_("The step still goes uphill: (o − y)² has the derivative 2(o − y) by o, not 2(y − o)."),
        (UPHILL,),
    ),
    "half-mended": Known(
        N_("Only one of w and b goes downhill: the sign must be right for both."),
        (UPHILL_W, UPHILL_B),
    ),
    "missing-mean": Known(
        N_("The 1/N is missing: the loss is a mean over N samples, and so is its gradient."),
        scaled(lambda s: s.n),
    ),
    "double-mean": Known(
        N_("The gradient is divided by N twice: one 1/N is enough."), scaled(lambda s: 1 / s.n)
    ),
    "missing-factor": Known(
        N_("The factor 2 is missing: the derivative of (o − y)² by o is 2(o − y)."),
        scaled(lambda s: 0.5),
    ),
    "missing-slope": Known(
        N_("The slope of the sigmoid is missing: by the chain rule, times o(1 − o)."),
        (
            with_slope(lambda s: 1),
            with_slope(lambda s: 0.5),
            with_slope(lambda s: s.n),
            with_slope(lambda s: 0.5 * s.n),
        ),
    ),
    "half-slope": Known(
        N_("The slope of the sigmoid has two factors, o and 1 − o: one of them is missing."),
        (with_slope(lambda s: s.o), with_slope(lambda s: 1 - s.o)),
    ),
    "slope-of-tanh": Known(
        N_("1 − o² is the slope of tanh: the sigmoid has o(1 − o)."),
        (with_slope(lambda s: 1 - s.o**2),),
    ),
    "slope-elsewhere": Known(
        N_("The slope is taken at the wrong place: it is o(1 − o), with o = sigmoid(net)."),
        (
            with_slope(lambda s: s.net * (1 - s.net)),
            with_slope(lambda s: sigmoid(s.o) * (1 - sigmoid(s.o))),
        ),
    ),
    "no-learning-rate": Known(
        N_("The learning rate is missing: w ← w − lr · gradient, and the same for b."),
        scaled(lambda s: 1 / s.lr),
    ),
    "bias-left-out": Known(
        N_("b stays as it was: it takes a step too."), (neuron(of_b=lambda s: s.b),)
    ),
    "bias-not-summed": Known(
        N_("b becomes an array: it served every sample, so its gradient is summed over them."),
        (neuron(of_b=lambda s: s.b - s.lr * s.delta),),
    ),
    "input-missing": Known(
        N_("All weights take the same step: net = w·x + b, so the gradient of w takes x_i."),
        (neuron(of_w=lambda s: s.w - s.lr * np.sum(s.delta)),),
    ),
    "not-transposed": Known(
        N_("The sum runs over the features: x.T @ delta, (features, N) @ (N,), runs over samples."),
        (neuron(of_w=lambda s: s.w - s.lr * s.x @ s.delta),),
    ),
    "replaces": Known(
        N_("The old value is lost: these are the steps alone. Start from w and from b."),
        (
            neuron(of_w=lambda s: down_w(s) - s.w, of_b=lambda s: down_b(s) - s.b),
            neuron(of_w=lambda s: s.w - down_w(s), of_b=lambda s: s.b - down_b(s)),
        ),
    ),
    "swapped": Known(
        N_("The two results are swapped: first w, then b."),
        (lambda *given: reference.neuron_step(*given)[::-1],),
    ),
    "input-changed": Known(
        N_("An input is changed in place: w -= … writes into the caller's array.")
    ),
}

KNOWN = {
    "rmse": rmse,
    "surface_gradient": surface_gradient,
    "update": update,
    "sign_bug": sign_bug,
}
TRACES = {
    "rmse": rmse_trace,
    "surface_gradient": surface_trace,
    "update": update_trace,
    "sign_bug": neuron_trace,
}
RIGHT = {
    "rmse": reference.rmse,
    "surface_gradient": reference.surface_gradient,
    "update": reference.update,
    "sign_bug": reference.neuron_step,
}
SECTIONS = {
    "rmse": N_("1. Errors"),
    "surface_gradient": N_("2. Derivative and gradient"),
    "update": N_("3. One step downhill"),
    "sign_bug": N_("6. Where the gradient comes from"),
}
