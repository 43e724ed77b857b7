"""The known mistakes in the exercises of OwnFramework, each with a twin that makes it.

`traces[exercise](answer)` runs an answer step by step on inputs that tell the mistakes apart: as
many rows as columns, so that a transposed matrix gives numbers and not an exception.
"""

import numpy as np

from ..i18n import N_
from . import reference as public
from .honest import copies, own
from .known import Known

reference = copies(public)
SQUARE = np.array([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7], [-0.4, 0.8, 1.1]])
OTHER = np.array([[1.0, 2.0, -1.5], [0.2, -0.6, 0.9], [1.3, 0.4, -2.0]])
LABELS = np.array([2, 0, 1])
HUGE = np.array([[1000.0, -1000.0], [-1000.0, -1000.0]])


# --- squared_error


def squared_error_trace(answer):
    y_hat, y = np.array([2.0, 5.0, -1.0]), np.array([3.0, 3.0, 0.5])
    pair = answer(y_hat.copy(), y)
    yield "loss", pair[0]
    yield "dy_hat", pair[1]
    pair = answer(np.array([2, 5, 7]), np.array([3, 3, 4]))
    yield "loss of whole numbers", pair[0]
    yield "dy_hat of whole numbers", pair[1]


def error(loss, slope):
    """A squared_error with other formulas for the loss and its slope, of r and N."""

    def squared_error(y_hat, y):
        r = np.asarray(y_hat, dtype=float) - y
        return loss(r, len(r)), slope(r, len(r))

    return squared_error


def mean_square(r, n):
    return np.mean(r * r)


def right_slope(r, n):
    return 2 * r / n


def truncated_error(y_hat, y):
    slope = np.zeros_like(y_hat)
    slope[:] = 2 * (y_hat - y) / len(y)
    return np.mean((y_hat - y) ** 2), slope


squared_error = {
    "wrong-sign": Known(
        N_("The gradient has the wrong sign: r = ŷ − y, so the derivative by ŷ is +2r/N."),
        (error(mean_square, lambda r, n: -2 * r / n),),
    ),
    "missing-mean": Known(
        N_(
            "The gradient lacks the 1/N: the loss is a mean over N samples, and so is its gradient."
        ),
        (error(mean_square, lambda r, n: 2 * r),),
    ),
    "double-mean": Known(
        N_("The gradient is divided by N twice: one 1/N is enough, 2r/N."),
        (error(mean_square, lambda r, n: 2 * r / n**2),),
    ),
    "not-averaged": Known(
        N_("The loss is the sum of r²; divide it by N to get the mean."),
        (
            error(lambda r, n: np.sum(r * r), right_slope),
            error(lambda r, n: np.sum(r * r), lambda r, n: 2 * r),
        ),
    ),
    "missing-factor": Known(
        N_("The gradient lacks the factor 2: the derivative of r² is 2r."),
        (error(mean_square, lambda r, n: r / n),),
    ),
    "half": Known(
        N_("There is a ½ too much: this course takes r², not ½r², so the gradient is 2r/N."),
        (error(lambda r, n: np.mean(r * r) / 2, lambda r, n: r / n),),
    ),
    "absolute": Known(
        N_("This is the absolute error |r|; the squared error takes r²."),
        (
            error(lambda r, n: np.mean(np.abs(r)), lambda r, n: np.sign(r) / n),
            error(lambda r, n: np.mean(r), lambda r, n: np.ones(n) / n),
        ),
    ),
    "root": Known(
        N_("The loss is the root of the mean; the exercise asks for the mean of r² itself."),
        (error(lambda r, n: np.sqrt(np.mean(r * r)), right_slope),),
    ),
    "mean-gradient": Known(
        N_("The gradient is averaged to one number; it has one entry 2r/N for each ŷ."),
        (error(mean_square, lambda r, n: np.mean(2 * r)),),
    ),
    "integer-truncates": Known(
        N_("Whole numbers in, whole numbers out: an array made like ŷ cuts off all decimals."),
        (truncated_error,),
    ),
    "swapped": Known(
        N_("The two results are swapped: first the loss, then the gradient."),
        (lambda y_hat, y: reference.squared_error(y_hat, y)[::-1],),
    ),
    "input-changed": Known(
        N_("An input is changed in place: y_hat -= y writes into the caller's.")
    ),
}


# --- softmax


def softmax_trace(answer):
    yield "p", answer(SQUARE.copy())
    yield "p of huge scores", answer(HUGE.copy())
    yield "p of neighbors among huge scores", answer(np.array([[1000.0, 999.0], [-1000.0, -999.0]]))
    yield "p of whole numbers", answer(np.array([[1, 2, 3]]))


def exp_over(total, shift=lambda s: s.max(axis=1, keepdims=True)):
    """A softmax with another sum below the line, and another shift."""

    def softmax(scores):
        exp = np.exp(scores - shift(scores))
        return exp / total(exp)

    return softmax


def row_sum(exp):
    return exp.sum(axis=1, keepdims=True)


def clipped_softmax(scores):
    exp = np.exp(np.clip(scores, -500, 500))
    return exp / row_sum(exp)


def truncated_softmax(scores):
    p = np.zeros_like(scores)
    p[:] = reference.softmax(scores)
    return p


softmax = {
    "not-shifted": Known(
        N_("exp overflows for large scores and gives nan: subtract each row's maximum first."),
        (exp_over(row_sum, lambda s: 0),),
    ),
    "clipped": Known(
        N_(
            "Large scores are cut off: beyond the limit all of them get the same p. Subtract each "
            "row's maximum instead."
        ),
        (clipped_softmax,),
    ),
    "wrong-axis": Known(
        N_("The sum runs over the wrong axis: each row must sum to 1, so axis=1, not axis=0."),
        (
            exp_over(lambda e: e.sum(axis=0), lambda s: s.max(axis=0)),
            exp_over(lambda e: e.sum(axis=0)),
        ),
    ),
    "no-keepdims": Known(
        N_("The row sums lie across the columns: keepdims=True keeps them a column (N, 1)."),
        (
            exp_over(lambda e: e.sum(axis=1)),
            exp_over(lambda e: e.sum(axis=1), lambda s: s.max(axis=1)),
        ),
    ),
    "over-all": Known(
        N_("The sum takes in all rows: each row is divided by its own sum."),
        (exp_over(np.sum, np.max),),
    ),
    "not-normalized": Known(
        N_("The sum below the line is missing: p = exp(score) / sum of exp(scores) of the row."),
        (exp_over(lambda e: 1), exp_over(lambda e: 1, lambda s: 0)),
    ),
    "log-softmax": Known(
        N_("These are the logarithms of the probabilities: softmax returns p itself."),
        (lambda scores: np.log(reference.softmax(scores)),),
    ),
    "shifted-by-overall-max": Known(
        N_(
            "Shift each row by its own maximum: one maximum for all makes rows of small scores 0/0."
        ),
        (exp_over(row_sum, np.max),),
    ),
    "plain-shares": Known(
        N_("exp is missing: p is made of exp(score), not of the score itself."),
        (lambda scores: scores / scores.sum(axis=1, keepdims=True),),
    ),
    "integer-truncates": Known(
        N_("Whole numbers in, whole numbers out: an array made like scores cuts off all decimals."),
        (truncated_softmax,),
    ),
    "input-changed": Known(
        N_("An input is changed in place: scores -= … writes into the caller's.")
    ),
}


LIST = N_("A result is a list or tuple, not a NumPy array: turn it into one, np.array(…).")


# --- cross_entropy


def cross_entropy_trace(answer):
    loss = answer()
    yield "loss", loss.forward(SQUARE[:2].copy(), LABELS[:2])
    yield "dscores", np.copy(loss.backward())
    yield "loss of huge scores", loss.forward(HUGE.copy(), np.array([1, 0]))
    yield "dscores of huge scores", np.copy(loss.backward())


def entropy(value=lambda p, one_hot, n: -np.sum(one_hot * np.log(p)) / n, slope=None, p=None):
    """A cross-entropy with other formulas for p, the loss and its gradient."""

    class CrossEntropyLoss:
        def forward(self, scores, y):
            self.p = (p or reference.softmax)(scores)
            self.one_hot = np.eye(scores.shape[1])[y]
            if value is None:
                return own.CrossEntropyLoss().forward(scores, y)
            return value(self.p, self.one_hot, len(y))

        def backward(self):
            n, classes = self.p.shape
            if slope is None:
                return (self.p - self.one_hot) / n
            return slope(self.p, self.one_hot, n, classes)

    return CrossEntropyLoss


def naive(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


cross_entropy = {
    "loss-sign": Known(
        N_("The loss has the wrong sign: log p is negative, and the loss is −log p of the label."),
        (entropy(lambda p, h, n: np.sum(h * np.log(p)) / n),),
    ),
    "not-averaged": Known(
        N_("The loss is the sum over the samples; divide it by N to get the mean."),
        (entropy(lambda p, h, n: -np.sum(h * np.log(p))),),
    ),
    "mean-over-entries": Known(
        N_(
            "The loss is averaged over all N · classes numbers; the mean goes over the N "
            "samples only."
        ),
        (entropy(lambda p, h, n: -np.mean(h * np.log(p))),),
    ),
    "probabilities-expected": Known(
        N_("The scores are taken for probabilities: softmax belongs inside this loss."),
        (
            entropy(p=lambda scores: scores),
            entropy(lambda p, h, n: -np.sum(h * np.log(p)) / n, p=np.abs),
        ),
    ),
    "wrong-sign": Known(
        N_("The gradient has the wrong sign: it is (p − y)/N, with y as rows of zeros and a one."),
        (entropy(None, lambda p, h, n, c: (h - p) / n),),
    ),
    "missing-mean": Known(
        N_("The gradient lacks the 1/N: the loss is a mean over N samples, so it is (p − y)/N."),
        (entropy(None, lambda p, h, n, c: p - h),),
    ),
    "double-mean": Known(
        N_("The gradient is divided by N twice: one 1/N is enough, (p − y)/N."),
        (entropy(None, lambda p, h, n, c: (p - h) / n**2),),
    ),
    "label-not-subtracted": Known(
        N_("The gradient is p/N: at the label 1 has to be subtracted, (p − y)/N."),
        (entropy(None, lambda p, h, n, c: p / n), entropy(None, lambda p, h, n, c: p)),
    ),
    "divided-by-classes": Known(
        N_("The gradient is divided by the number of classes: divide by N, the number of samples."),
        (
            entropy(None, lambda p, h, n, c: (p - h) / c),
            entropy(None, lambda p, h, n, c: (p - h) / (n * c)),
        ),
    ),
    "slope-of-log": Known(
        N_("This is the derivative by p, −1/p; by the scores it is (p − y)/N, softmax included."),
        (
            entropy(None, lambda p, h, n, c: -h / p / n),
            entropy(None, lambda p, h, n, c: -h / p),
        ),
    ),
    "not-shifted": Known(
        N_("exp overflows for large scores and gives nan: subtract each row's maximum first."),
        (
            entropy(p=naive),
            entropy(lambda p, h, n: -np.sum(np.log(np.sum(p * h, axis=1))) / n, p=naive),
        ),
    ),
    "log-of-zero": Known(
        N_(
            "log 0 is −∞: p is rounded to 0. Take the logarithm by hand, score_y − log Σ "
            "exp(scores)."
        ),
        (
            entropy(),
            entropy(lambda p, h, n: -np.mean(np.log(np.sum(p * h, axis=1)))),
            entropy(lambda p, h, n: -np.mean(np.log(np.sum(p * h, axis=1) + 1e-12))),
            entropy(lambda p, h, n: -np.mean(np.log(np.sum(p * h, axis=1) + 1e-15))),
            entropy(lambda p, h, n: -np.mean(np.log(np.clip(np.sum(p * h, axis=1), 1e-12, 1)))),
        ),
    ),
    "list-returned": Known(LIST),
    "state-changed": Known(
        N_("backward changes what forward kept: a second backward gives other numbers.")
    ),
    "shared-state": Known(
        N_("Two losses share what they keep: keep it in self, not in the class or a global.")
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new array instead.")),
}


SWAPPED = N_("Value and gradient are swapped: each triple is name, value, gradient.")


# --- linear


def linear_trace(answer):
    layer = answer(3, 3, np.random.default_rng(0))
    layer.W[...], layer.b[...] = OTHER, np.array([0.5, -1.0, 2.0])
    yield "out", layer.forward(SQUARE.copy())
    yield "dx", layer.backward(OTHER.T.copy())
    yield "dW", layer.dW
    yield "db", layer.db
    yield "W", layer.W
    layer.forward(SQUARE.copy())
    layer.backward(OTHER.T.copy())
    yield "second dW", layer.dW
    yield "second db", layer.db


def line(**formulas):
    """A Linear in which some of out, dx, dW and db have another formula."""
    ways = {
        "out": lambda s: s.x @ s.W + s.b,
        "dx": lambda s: s.dout @ s.W.T,
        "dW": lambda s: s.x.T @ s.dout,
        "db": lambda s: s.dout.sum(axis=0),
    } | formulas

    class Linear:
        def __init__(self, n_in, n_out, rng=None):
            self.W, self.b = np.zeros((n_in, n_out)), np.zeros(n_out)

        def forward(self, x):
            self.x = x
            return ways["out"](self)

        def backward(self, dout):
            self.dout = dout
            before = vars(self).get("dW", 0), vars(self).get("db", 0)
            self.dW, self.db = ways["dW"](self), ways["db"](self)
            if "add" in ways:
                self.dW, self.db = self.dW + before[0], self.db + before[1]
            dx = ways["dx"](self)
            if "step" in ways:
                self.W = self.W - 0.1 * self.dW
            return dx

    return Linear


linear = {
    "no-bias": Known(N_("b is missing: out = x @ W + b."), (line(out=lambda s: s.x @ s.W),)),
    "x-transposed": Known(
        N_("The product has the wrong order: out = x @ W, rows of x times columns of W."),
        (
            line(out=lambda s: s.W @ s.x + s.b),
            line(out=lambda s: s.x @ s.W.T + s.b),
            line(out=lambda s: s.W.T @ s.x + s.b),
        ),
    ),
    "elementwise": Known(
        N_("* multiplies number by number; the matrix product is @."),
        (line(out=lambda s: s.x * s.W + s.b),),
    ),
    "dx-not-transposed": Known(
        N_("dx needs the transpose: dx = dout @ W.T, (N, n_out) @ (n_out, n_in)."),
        (
            line(dx=lambda s: s.dout @ s.W),
            line(dx=lambda s: s.W @ s.dout),
            line(dx=lambda s: s.W.T @ s.dout),
        ),
    ),
    "dW-transposed": Known(
        N_("dW is transposed: dW = x.T @ dout has the shape of W, (n_in, n_out)."),
        (
            line(dW=lambda s: s.dout.T @ s.x),
            line(dW=lambda s: s.x @ s.dout),
            line(dW=lambda s: s.dout @ s.x),
        ),
    ),
    "bias-not-summed": Known(
        N_("db is not summed over the batch: b served every sample, so db = dout.sum(axis=0)."),
        (line(db=lambda s: s.dout), line(db=lambda s: s.dout[0]), line(db=lambda s: s.dout[-1])),
    ),
    "wrong-axis": Known(
        N_("db is summed over the wrong axis: axis 0 are the samples, db = dout.sum(axis=0)."),
        (line(db=lambda s: s.dout.sum(axis=1)), line(db=lambda s: s.dout.sum())),
    ),
    "double-mean": Known(
        N_("The gradients are divided by N here; the loss has done that already, once is enough."),
        (
            line(dW=lambda s: s.x.T @ s.dout / len(s.x), db=lambda s: s.dout.mean(axis=0)),
            line(db=lambda s: s.dout.mean(axis=0)),
        ),
    ),
    "gradient-scaled-by-W": Known(
        N_("dW takes x, not W: in dw = x · dout the weight itself does not appear."),
        (line(dW=lambda s: s.W.T @ s.dout), line(dW=lambda s: s.W * s.dout)),
    ),
    "accumulates": Known(
        N_(
            "The gradients of the batch before are added: backward sets dW and db, = instead of +=."
        ),
        (line(add=True),),
    ),
    "update-in-backward": Known(
        N_("backward changes W: it only computes gradients, the optimizer takes the step."),
        (line(step=True),),
    ),
    "W-transposed": Known(
        N_("W is transposed: it has the shape (n_in, n_out), so that x @ W fits.")
    ),
    "not-float64": Known(
        N_(
            "W and b must be float64: whole numbers take no small steps, and float32 is too coarse "
            "to check gradients."
        )
    ),
    "list-returned": Known(LIST),
    "zero-start": Known(
        N_(
            "W starts equal: then all units learn the same. Draw it at random, normal "
            "numbers by rng."
        )
    ),
    "wrong-scale": Known(
        N_("W starts too large or too small: multiply the normal numbers by √(2/n_in).")
    ),
    "rng-ignored": Known(
        N_(
            "The random numbers do not come from rng: use np.random.default_rng(rng) and "
            "draw W with it."
        )
    ),
    "parameters-copy": Known(
        N_("parameters() yields copies: the optimizer would change those. Yield self.W and self.b.")
    ),
    "value-gradient-swapped": Known(SWAPPED),
    "shared-state": Known(
        N_("Two layers share what they keep: keep x in self, not in the class or a global.")
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new array instead.")),
}


# --- tanh, relu, sigmoid


def activation_trace(answer):
    layer = answer()
    yield "out", layer.forward(SQUARE.copy())
    yield "dx", layer.backward(OTHER.copy())
    yield "out of huge numbers", layer.forward(HUGE.copy())
    yield "dx of huge numbers", layer.backward(np.ones((2, 2)))


def bend(g, slope, chain=True):
    """An activation with other formulas: g(z), and slope(z, a, dout)."""

    class Activation:
        def forward(self, x):
            self.z, self.a = np.array(x), g(np.array(x))
            return self.a

        def backward(self, dout):
            return slope(self.z, self.a, dout) * (dout if chain else 1)

    return Activation


def logistic(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def relu_of(z):
    return np.maximum(z, 0)


FORGOTTEN = N_("dout is forgotten: by the chain rule dx = dout · g′(z), number by number.")
SHARED = N_("Two layers share what they keep: keep it in self, not in the class or a global.")
CHANGED = N_("An input is changed in place: compute a new array instead.")

tanh = {
    "sigmoid-slope": Known(
        N_("a(1 − a) is the slope of the sigmoid; for tanh it is 1 − a²."),
        (bend(np.tanh, lambda z, a, d: a * (1 - a)),),
    ),
    "slope-at-z": Known(
        N_("The slope 1 − a² needs the output a = tanh(z), not the input z."),
        (bend(np.tanh, lambda z, a, d: 1 - z**2),),
    ),
    "slope-at-a": Known(
        N_("tanh is taken twice: forward kept a = tanh(z) already, the slope is 1 − a²."),
        (bend(np.tanh, lambda z, a, d: 1 - np.tanh(a) ** 2),),
    ),
    "slope-not-squared": Known(
        N_("The square is missing: the slope of tanh is 1 − a²."),
        (bend(np.tanh, lambda z, a, d: 1 - a),),
    ),
    "slope-of-dout": Known(
        N_("The slope is that of the output a, not of dout: dx = dout · (1 − a²)."),
        (
            bend(np.tanh, lambda z, a, d: 1 - d**2),
            bend(np.tanh, lambda z, a, d: 1 - np.tanh(d) ** 2),
        ),
    ),
    "chain-rule-forgotten": Known(FORGOTTEN, (bend(np.tanh, lambda z, a, d: 1 - a**2, False),)),
    "list-returned": Known(LIST),
    "input-changed": Known(CHANGED),
    "shared-state": Known(SHARED),
}

relu = {
    "passes-negative": Known(
        N_("The gradient passes where z < 0: there the slope of ReLU is 0."),
        (bend(relu_of, lambda z, a, d: 1), bend(relu_of, lambda z, a, d: np.where(z > 0, 1, -1))),
    ),
    "mask-from-dout": Known(
        N_("The mask comes from dout: what counts is where the input of forward was above 0."),
        (bend(relu_of, lambda z, a, d: d > 0),),
    ),
    "chain-rule-forgotten": Known(FORGOTTEN, (bend(relu_of, lambda z, a, d: z > 0, False),)),
    "step-function": Known(
        N_("forward returns only 0 and 1: ReLU keeps the number itself where it is above 0."),
        (bend(lambda z: np.where(z > 0, 1.0, 0.0), lambda z, a, d: z > 0),),
    ),
    "mask-inverted": Known(
        N_("The mask is the wrong way round: keep what is above 0, set the rest to 0."),
        (
            bend(lambda z: np.minimum(z, 0), lambda z, a, d: z < 0),
            bend(relu_of, lambda z, a, d: z <= 0),
        ),
    ),
    "output-as-slope": Known(
        N_("dout is multiplied by the output; the slope is 1 where z > 0, not z."),
        (bend(relu_of, lambda z, a, d: a),),
    ),
    "absolute": Known(
        N_("Negative numbers become positive: ReLU makes them 0."),
        (bend(np.abs, lambda z, a, d: np.sign(z)),),
    ),
    "leaky": Known(
        N_("Negative numbers leave something behind: ReLU makes them exactly 0."),
        tuple(
            bend(lambda z, s=s: np.where(z > 0, z, s * z), lambda z, a, d: 1) for s in (0.1, 0.01)
        ),
    ),
    "list-returned": Known(LIST),
    "input-changed": Known(CHANGED),
    "dout-changed": Known(N_("backward writes into dout: compute a new array instead.")),
    "shared-state": Known(SHARED),
}

sigmoid = {
    "exponent-sign": Known(
        N_("The exponent has the wrong sign: a = 1/(1 + exp(−z))."),
        (bend(lambda z: logistic(-z), lambda z, a, d: a * (1 - a)),),
    ),
    "tanh-slope": Known(
        N_("1 − a² is the slope of tanh; for the sigmoid it is a(1 − a)."),
        (bend(logistic, lambda z, a, d: 1 - a**2),),
    ),
    "slope-at-z": Known(
        N_("The slope a(1 − a) needs the output a, not the input z."),
        (bend(logistic, lambda z, a, d: z * (1 - z)),),
    ),
    "slope-at-a": Known(
        N_("The sigmoid is taken twice: forward kept a already, the slope is a(1 − a)."),
        (bend(logistic, lambda z, a, d: logistic(a) * (1 - logistic(a))),),
    ),
    "half-slope": Known(
        N_("One factor is missing: the slope is a · (1 − a)."),
        (bend(logistic, lambda z, a, d: 1 - a), bend(logistic, lambda z, a, d: a)),
    ),
    "chain-rule-forgotten": Known(FORGOTTEN, (bend(logistic, lambda z, a, d: a * (1 - a), False),)),
    "overflow": Known(
        N_("exp overflows for large numbers and gives nan: 1/(1 + exp(−z)) has no ∞/∞."),
        (bend(lambda z: np.exp(z) / (1 + np.exp(z)), lambda z, a, d: a * (1 - a)),),
    ),
    "overflow-in-slope": Known(
        N_("exp overflows in the slope and gives nan: use a(1 − a), which forward has ready."),
        (bend(logistic, lambda z, a, d: np.exp(-z) / (1 + np.exp(-z)) ** 2),),
    ),
    "list-returned": Known(LIST),
    "input-changed": Known(CHANGED),
    "shared-state": Known(SHARED),
}


# --- net


class Writer:
    """A layer that writes its digit behind the number that comes."""

    def __init__(self, digit):
        self.digit = digit

    def forward(self, x):
        return 10 * x + self.digit

    backward = forward


def net_trace(answer):
    net = answer(Writer(1), Writer(2), Writer(3))
    yield "order of forward", net.forward(np.zeros((2, 2)))
    yield "order of backward", net.backward(np.zeros((2, 2)))
    yield "order of a second forward", net.forward(np.zeros((2, 2)))
    layer = own.Linear(3, 3)
    layer.W[...], layer.b[...] = OTHER, 0.5
    yield "predict", answer(layer).predict(SQUARE.copy())
    found = list(answer(layer, Writer(1), own.Linear(3, 3)).parameters())
    yield "number of parameters", len(found)
    yield "number of names", len({name for name, *_ in found})
    mixed = answer(Writer(1), own.Linear(3, 3), own.Linear(3, 3))
    yield "number of parameters behind an activation", len(list(mixed.parameters()))


def skipping(layers):
    """The triples of the layers that learn, their names numbered."""
    learning = [layer for layer in layers if hasattr(layer, "parameters")]
    for number, layer in enumerate(learning):
        yield from ((f"{name}{number}", v, g) for name, v, g in layer.parameters())


def numbered_every_second(layers):
    for number, layer in enumerate(layers[::2]):
        yield from ((f"{name}{number}", v, g) for name, v, g in layer.parameters())


def chain(forward=None, backward=None, predict=None, parameters=skipping):
    """A Net in which forward, backward, predict or parameters is another."""

    class Net:
        def __init__(self, *layers):
            self.layers = list(layers)

        def forward(self, x):
            if forward:
                return forward(self.layers, x)
            for layer in self.layers:
                x = layer.forward(x)
            return x

        def backward(self, dout):
            if backward:
                return backward(self.layers, dout)
            for layer in reversed(self.layers):
                dout = layer.backward(dout)
            return dout

        def predict(self, x):
            scores = self.forward(x)
            return predict(scores) if predict else scores.argmax(axis=1)

        def parameters(self):
            return parameters(self.layers)

    return Net


def in_a_row(layers, x, way):
    for layer in layers:
        x = getattr(layer, way)(x)
    return x


def turned(layers, dout):
    layers.reverse()
    return in_a_row(layers, dout, "backward")


net = {
    "forward-order": Known(
        N_("backward walks in forward order: the last layer comes first, reversed(self.layers)."),
        (chain(backward=lambda layers, d: in_a_row(layers, d, "backward")),),
    ),
    "not-chained": Known(
        N_("Each layer gets the same x: the output of one is the input of the next."),
        (chain(lambda layers, x: [layer.forward(x) for layer in layers][-1]),),
    ),
    "backward-not-chained": Known(
        N_(
            "Each layer gets the same dout: the dx of one layer is the dout of the layer before it."
        ),
        (
            chain(backward=lambda layers, d: [layer.backward(d) for layer in layers[::-1]][-1]),
            chain(backward=lambda layers, d: [layer.backward(d) for layer in layers][-1]),
        ),
    ),
    "reversed-forward": Known(
        N_("forward walks in reverse: the first layer comes first."),
        (chain(lambda layers, x: in_a_row(layers[::-1], x, "forward")),),
    ),
    "layers-reversed": Known(
        N_(
            "backward turns self.layers round for good: use reversed(self.layers), which "
            "leaves it alone."
        ),
        (chain(backward=turned),),
    ),
    "stops-early": Known(
        N_(
            "return stands inside the loop, so that only one layer is used: put it behind the loop."
        ),
        (
            chain(lambda layers, x: layers[0].forward(x)),
            chain(backward=lambda layers, d: layers[-1].backward(d)),
        ),
    ),
    "predict-scores": Known(
        N_("predict returns the scores: the label is the place of the highest, argmax(axis=1)."),
        (chain(predict=lambda scores: scores), chain(predict=reference.softmax)),
    ),
    "predict-max": Known(
        N_("predict returns the highest score: the label is its place, argmax instead of max."),
        (chain(predict=lambda scores: scores.max(axis=1)),),
    ),
    "wrong-axis": Known(
        N_("argmax runs over the wrong axis: one label for each row, axis=1."),
        (chain(predict=lambda scores: scores.argmax(axis=0)), chain(predict=np.argmax)),
    ),
    "same-names": Known(
        N_(
            "Two layers share the names W and b: number them, W1, b1, W2, b2, or the "
            "optimizer mixes them."
        ),
        (
            chain(
                parameters=lambda layers: [
                    t for layer in layers for t in getattr(layer, "parameters", list)()
                ]
            ),
        ),
    ),
    "parameters-copy": Known(
        N_(
            "parameters() yields copies: the optimizer would change those. Yield the layer's "
            "own arrays."
        )
    ),
    "value-gradient-swapped": Known(SWAPPED),
    "shared-state": Known(
        N_("Two nets share their layers: keep them in self, in a list of its own for each net.")
    ),
    "every-second-layer": Known(
        N_(
            "Only every second layer is asked: layers and activations need not alternate. "
            "Look at each layer."
        ),
        (
            chain(parameters=lambda layers: skipping(layers[::2])),
            chain(parameters=numbered_every_second),
            chain(parameters=lambda layers: skipping(layers[:1] + layers[2::2])),
        ),
        raises=True,
    ),
    "asks-every-layer": Known(
        N_(
            "Activations have no method parameters: skip layers without it, for example with "
            "hasattr."
        ),
        (chain(parameters=lambda layers: [t for layer in layers for t in layer.parameters()]),),
        raises=True,
    ),
    "asks-for-class": Known(
        N_(
            "parameters() works only with layers of certain classes: ask "
            'hasattr(layer, "parameters") instead, since other layers that learn will come.'
        )
    ),
    "returns-nothing": Known(
        N_("A return is missing: the result is computed, but not handed back.")
    ),
}


# --- sgd


class Store:
    """A stand-in for a net with a weight matrix and a bias."""

    def __init__(self):
        self.values = {"W": np.array([[3.0, -1.0]]), "b": np.array([0.5, 2.0])}
        self.gradients = {"W": np.array([[4.0, 1.0]]), "b": np.array([1.0, -2.0])}

    def parameters(self):
        for name, value in self.values.items():
            yield name, value, self.gradients[name]


def sgd_trace(answer):
    net = Store()
    optimizer = answer(net, 0.1)
    for number in (1, 2):
        net.gradients = {name: number * g for name, g in Store().gradients.items()}
        optimizer.step()
        for name in net.values:
            yield f"{name} after step {number}", net.values[name]
        for name in net.values:
            yield f"d{name} after step {number}", net.gradients[name]


def step_by(change):
    """An SGD whose step does something else: change(name, value, gradient, lr, its memory)."""

    class SGD:
        def __init__(self, net, lr):
            self.net, self.lr, self.memory = net, lr, {}

        def step(self):
            for name, value, gradient in self.net.parameters():
                change(name, value, gradient, self.lr, self.memory)

    return SGD


def replace(name, value, gradient, lr, memory):
    value[...] = -lr * gradient


def keep_adding(name, value, gradient, lr, memory):
    memory[name] = memory.get(name, 0) + gradient
    value -= lr * memory[name]


def scale_gradient(name, value, gradient, lr, memory):
    gradient *= lr
    value -= gradient


def on(value, change):
    value += change


class Stale:
    """An SGD that asks for the parameters only once."""

    def __init__(self, net, lr):
        self.triples, self.lr = list(net.parameters()), lr

    def step(self):
        for _name, value, gradient in self.triples:
            value -= self.lr * gradient


sgd = {
    "gradients-kept": Known(
        N_(
            "The gradients are asked for only once: backward makes new ones, so walk through "
            "self.net.parameters() in each step."
        ),
        (Stale,),
    ),
    "wrong-sign": Known(
        N_("The step goes uphill: the gradient points to where the loss grows, so subtract it."),
        (step_by(lambda name, v, g, lr, m: on(v, lr * g)),),
    ),
    "no-learning-rate": Known(
        N_("The learning rate is missing: w ← w − lr · dw."),
        (step_by(lambda name, v, g, lr, m: on(v, -g)),),
    ),
    "divides-by-lr": Known(
        N_("The gradient is divided by the learning rate: multiply, w ← w − lr · dw."),
        (step_by(lambda name, v, g, lr, m: on(v, -g / lr)),),
    ),
    "not-in-place": Known(
        N_(
            "The layers never see the step: value = … makes a new array. Change it in place, "
            "value -= …"
        ),
        (step_by(lambda name, v, g, lr, m: None),),
    ),
    "weights-only": Known(
        N_("b is left out: every parameter takes a step, biases too."),
        (
            step_by(lambda name, v, g, lr, m: on(v, -lr * g) if "W" in name else None),
            step_by(lambda name, v, g, lr, m: on(v, -lr * g) if v.ndim == 2 else None),
        ),
    ),
    "replaces": Known(
        N_("The old value is lost: start from it, value -= lr · gradient."), (step_by(replace),)
    ),
    "accumulates": Known(
        N_("Old gradients are kept and added: each step uses the gradient of the last batch only."),
        (step_by(keep_adding),),
    ),
    "rate-hidden": Known(
        N_("A new learning rate has no effect: keep it in self.lr, where each step reads it.")
    ),
    "gradient-changed": Known(
        N_("step changes the gradient too: compute lr · gradient as a new array."),
        (step_by(scale_gradient),),
    ),
}


# --- minibatches and training_loop: the judges name these themselves

REPEATED = N_("Rows come more than once: walk through one order once, in steps of batch_size.")
UNMIXED = N_(
    "The same rows always share a batch: shuffle all rows first, then cut them into batches."
)

minibatches = {
    "not-shuffled": Known(N_("The rows come in their old order: shuffle them in each call.")),
    "shuffled-apart": Known(
        N_("x and y are shuffled apart: draw one order and use it for both, x[order] and y[order].")
    ),
    "last-batch-dropped": Known(
        N_("The last, smaller batch is dropped: every row comes once in an epoch.")
    ),
    "one-short": Known(N_("A row is missing at the end: the slices must reach up to len(x).")),
    "with-replacement": Known(
        N_("Some rows come twice and others never: draw a permutation, not random numbers.")
    ),
    "rows-repeat": Known(REPEATED),
    "rng-ignored": Known(
        N_("rng does not decide the order: draw the permutation with np.random.default_rng(rng).")
    ),
    "same-order": Known(N_("Each call gives the same order: draw a new one from rng each time.")),
    "never-mixed": Known(UNMIXED),
    "labels-to-floats": Known(
        N_(
            "y comes back as floats, but a label is a whole number, used as an index. Take the "
            "rows of x and of y each from its own array."
        )
    ),
    "input-changed": Known(
        N_("An input is shuffled in place: the caller's rows stand in another order afterwards.")
    ),
    "wrong-sizes": Known(N_("The batches have the wrong numbers of rows.")),
}

training_loop = {
    "step-too-early": Known(
        N_("The step comes before backward: it would use the gradients of the batch before.")
    ),
    "backward-missing": Known(
        N_("The net never goes backward: without net.backward there are no gradients to step with.")
    ),
    "loss-gradient-skipped": Known(
        N_(
            "net.backward gets something else than loss.backward(): the gradient starts at "
            "the loss."
        )
    ),
    "no-step": Known(N_("Nothing is learned: optimizer.step() is never called.")),
    "step-once-per-epoch": Known(
        N_("There is one step per epoch: take one after each mini-batch.")
    ),
    "not-shuffled": Known(N_("The samples come in their old order: shuffle them in each epoch.")),
    "same-order": Known(N_("Two epochs have the same order: shuffle anew in each epoch.")),
    "never-mixed": Known(UNMIXED),
    "rng-ignored": Known(N_("rng does not decide the order: hand it to minibatches.")),
    "shuffled-apart": Known(
        N_("x and y are shuffled apart: rows meet labels that are not theirs.")
    ),
    "last-batch-dropped": Known(
        N_("The last, smaller batch is dropped: every sample is used once in an epoch.")
    ),
    "rows-repeat": Known(REPEATED),
    "all-rows": Known(
        N_("Each step takes all rows: the net gets x_batch and the loss y_batch, not x and y.")
    ),
    "history-sum": Known(
        N_("history holds the sum of the batch losses: divide it to get the mean.")
    ),
    "history-last": Known(
        N_("history holds the loss of the last batch only: it is the mean over all of the epoch.")
    ),
    "history-unweighted": Known(
        N_("A small last batch counts as much as a full one: weight each loss by its samples.")
    ),
    "history-per-step": Known(
        N_("history has an entry for each batch: it is one number for each epoch.")
    ),
    "one-epoch": Known(N_("The epochs end too early: return stands inside the loop over them.")),
    "used-up": Known(
        N_(
            "Only the first epoch takes steps: a generator made before the loop over epochs is "
            "used up by then. Call minibatches in each epoch."
        )
    ),
    "returns-nothing": Known(N_("A return is missing: hand back the list of the mean losses.")),
}

KNOWN = {
    "squared_error": squared_error,
    "softmax": softmax,
    "cross_entropy": cross_entropy,
    "linear": linear,
    "tanh": tanh,
    "relu": relu,
    "sigmoid": sigmoid,
    "net": net,
    "sgd": sgd,
    "minibatches": minibatches,
    "training_loop": training_loop,
}
TRACES = {
    "squared_error": squared_error_trace,
    "softmax": softmax_trace,
    "cross_entropy": cross_entropy_trace,
    "linear": linear_trace,
    "tanh": activation_trace,
    "relu": activation_trace,
    "sigmoid": activation_trace,
    "net": net_trace,
    "sgd": sgd_trace,
}
RIGHT = {
    "squared_error": reference.squared_error,
    "softmax": reference.softmax,
    "cross_entropy": own.CrossEntropyLoss,
    "linear": own.Linear,
    "tanh": own.Tanh,
    "relu": own.ReLU,
    "sigmoid": own.Sigmoid,
    "net": own.Net,
    "sgd": own.SGD,
}
SECTIONS = {
    "squared_error": N_("3. Losses for values, or 1. Errors in GradientDescent"),
    "softmax": N_("5. Softmax and cross-entropy: many classes"),
    "cross_entropy": N_("5. Softmax and cross-entropy: many classes"),
    "linear": N_("7. Layers"),
    "tanh": N_("7. Layers, the bends"),
    "relu": N_("7. Layers, the bends"),
    "sigmoid": N_("7. Layers, the bends"),
    "net": N_("8. The net"),
    "sgd": N_("9. Steps: the optimizer and the training loop"),
    "minibatches": N_(
        "9. Steps: the optimizer and the training loop, or 4. Epochs and batches in GradientDescent"
    ),
    "training_loop": N_("9. Steps: the optimizer and the training loop"),
}
