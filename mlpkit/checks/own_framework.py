"""Judges the exercises of the lesson OwnFramework, from the smallest example to larger ones.

Expected gradients are found by nudging mlpkit's own forward pass, so they need no formula.
"""

import copy
import itertools
import secrets

import numpy as np

from .. import layers, losses, optim
from .. import net as nets
from ..i18n import N_, _
from ..train import train
from . import reference as public
from .exercise import Exercise
from .honest import copies, own
from .verdict import Example, Wrong, facing, nudged

reference = copies(public)
CrossEntropyLoss, Linear, Net, SGD = own.CrossEntropyLoss, own.Linear, own.Net, own.SGD
Tanh, ReLU, Sigmoid = own.Tanh, own.ReLU, own.Sigmoid


def normal(*shape, rng=0):
    """Random numbers, none of them near 0, where ReLU bends."""
    x = np.random.default_rng(rng).normal(size=shape)
    return np.round(x + np.sign(x) * 0.1, 3)


def fresh(*shape):
    """Numbers that nobody knows in advance."""
    return normal(*shape, rng=secrets.randbits(32))


def fresh_digits(n, below=10):
    """Whole numbers (n,) that nobody knows in advance."""
    return np.random.default_rng(secrets.randbits(32)).integers(0, below, n)


# --- Functions


def squared_error(answer):
    """(y_hat, y), both (N,) -> (loss, dy_hat)."""
    for y_hat, y in (
        (np.array([3.0]), np.array([1.0])),
        (np.array([2.0, 5.0]), np.array([3.0, 3.0])),
        (np.array([2, 5, 7]), np.array([3, 3, 3])),
        (normal(7), normal(7, rng=1)),
        (fresh(3), fresh(3)),
    ):
        example = Example(y_hat=y_hat, y=y)
        pair = example.call(answer, "squared_error", "y_hat", "y")
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            example.compare(_("squared_error returns two things."), pair, "(loss, dy_hat)")
        floats = y_hat.astype(float)
        example.same("loss", pair[0], reference.squared_error(floats, y)[0])
        slopes = nudged(lambda a=floats, b=y: reference.squared_error(a, b)[0], floats)
        example.same("dy_hat", pair[1], slopes)


def softmax(answer):
    """scores (N, classes) -> p (N, classes)."""
    for scores in (
        np.array([[1.0, 2.0, 3.0]]),
        np.array([[0.0, 0.0], [0.0, 1.0]]),
        np.array([[1, 2, 3]]),
        normal(5, 4),
        np.array([[1000.0, -1000.0], [-1000.0, -1000.0]]),
        np.array([[1000.0, 999.0], [-1000.0, -999.0]]),
        fresh(2, 3),
    ):
        example = Example(scores=scores)
        p = example.call(answer, "softmax", "scores")
        example.same("p", p, reference.softmax(scores))


def minibatches(answer):
    """(x, y, batch_size, rng) -> pairs (x, y), every row once with its own y."""
    for n, size in ((1, 1), (4, 2), (5, 2), (3, 10)):
        walk(answer, n, size, rng=0)
    first, second = walk_twice(answer, np.random.default_rng(0))
    if np.array_equal(first, np.arange(60)):
        raise Wrong(_("The rows come in their old order."), "not-shuffled")
    if np.array_equal(first, second):
        raise Wrong(_("Two calls in a row give the same order."), "same-order")
    if batches_of(first, 7) == batches_of(second, 7):  # by chance: never, of 60 rows
        raise Wrong(_("In two calls in a row the same rows share a batch."), "never-mixed")
    if not np.array_equal(first, walk(answer, 60, 7, np.random.default_rng(0))):
        raise Wrong(_("Two generators with the same seed give two orders."), "rng-ignored")


def walk_twice(answer, rng):
    return walk(answer, 60, 7, rng), walk(answer, 60, 7, rng)


def batches_of(order, size):
    """Which rows share a batch, whatever the order of the batches and of the rows in each."""
    return {frozenset(order[i : i + size].tolist()) for i in range(0, len(order), size)}


def walk(answer, n, size, rng):
    """Walk through n rows, numbered in both x and y; return the numbers in the order they came."""
    x = np.arange(n)[:, None] + np.array([0.0, 0.5])
    y = np.arange(n)
    example = Example(x=x, y=y, batch_size=size)

    def walked(x, y, size):
        pairs = answer(x, y, size, np.random.default_rng(rng))
        if not hasattr(pairs, "__iter__"):
            wanted = _("pairs (x, y), one per batch")
            example.compare(_("minibatches yields pairs."), pairs, wanted)
        return list(itertools.islice(pairs, n + 5))

    pairs = example.call(walked, "minibatches", "x", "y", "batch_size")
    if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
        example.compare(_("minibatches yields pairs (x, y)."), pairs[0], _("a tuple (x, y)"))
    for x_batch, y_batch in pairs:
        if np.ndim(y_batch) != 1 or np.shape(x_batch) != (len(y_batch), 2):
            shapes = f"x {np.shape(x_batch)}, y {np.shape(y_batch)}"
            expected = f"x ({min(size, n)}, 2), y ({min(size, n)},)"
            example.fail(_("A batch has wrong shapes."), *facing(shapes, expected))
        label, numbers = _("y of the rows in a batch"), np.asarray(x_batch)[:, 0]
        example.same(label, y_batch, numbers, code="shuffled-apart")
        if len(y_batch) and np.asarray(y_batch).dtype.kind not in "iu":
            text, types = _("{label} has the wrong type of numbers.", label=label), y.dtype
            example.fail(text, *facing(np.asarray(y_batch).dtype, types), code="labels-to-floats")
    sizes = [len(y_batch) for _x, y_batch in pairs]
    seen = np.concatenate([np.asarray(y) for _x, y in pairs]) if pairs else np.array([])
    counted(example, np.sort(seen), n, size)
    expected = [size] * (n // size) + [n % size] * (n % size > 0)
    if sizes != expected:
        text = _("The batches have the wrong numbers of rows.")
        example.fail(text, *facing(sizes, expected), code="wrong-sizes")
    return seen


def counted(example, rows, n, size):
    """Raise unless the sorted row numbers are 0 ... n - 1, each once."""
    if np.array_equal(rows, np.arange(n)):
        return
    code = "one-short" if len(rows) == n - 1 else None
    if len(np.unique(rows)) < len(rows):
        code = "with-replacement" if len(np.unique(rows)) < n else "rows-repeat"
    elif n % size and len(rows) == n - n % size:
        code = "last-batch-dropped"
    came = _("rows that came: {rows}", rows=list(map(int, rows)))
    wanted = _("expected: {value}", value=list(range(n)))
    example.fail(_("Not every row comes exactly once."), came, wanted, code=code)


# --- Losses and layers


def method(owner, name):
    """A method of the learner's object, or Wrong if there is none."""
    if not callable(getattr(owner, name, None)):
        kind = type(owner).__name__
        raise Wrong(_("{kind} has no method {name}.", kind=kind, name=name))
    return getattr(owner, name)


def cross_entropy(answer):
    """forward(scores, y) -> loss, backward() -> dscores."""
    for scores, y in (
        (np.array([[1.0, 2.0, 3.0]]), np.array([2])),
        (np.array([[0.0, 0.0], [0.0, 1.0]]), np.array([0, 1])),
        (normal(5, 4), np.array([3, 0, 2, 2, 1])),
        (np.array([[1000.0, -1000.0]]), np.array([1])),
        (fresh(2, 3), np.array([2, 0])),
    ):
        loss, example = answer(), Example(scores=scores, y=y)
        for _time in range(2):  # the second time: nothing may be left from the first
            value = example.call(method(loss, "forward"), "forward", "scores", "y")
            example.same("loss", value, CrossEntropyLoss().forward(scores, y))
            expected = nudged(lambda s=scores, y=y: CrossEntropyLoss().forward(s, y), scores)
            example.same_array("dscores", method(loss, "backward")(), expected)
        again = loss.backward()
        label = _("{name} of a second backward()", name="dscores")
        example.same(label, again, expected, code="state-changed")
    first, second = answer(), answer()
    first.forward(np.array([[1.0, 2.0]]), np.array([0]))
    second.forward(np.array([[5.0, 2.0]]), np.array([0]))
    example = Example(scores=np.array([[1.0, 2.0]]), y=np.array([0]))
    p = reference.softmax(np.array([[1.0, 2.0]]))
    dscores, label = first.backward(), _("dscores, after another loss went forward,")
    example.same(label, dscores, p - [[1, 0]], code="shared-state")


def activation(own):
    """A judge of the layer that does to each number what mlpkit's class `own` does."""

    def judge(answer):
        inputs = np.array([[0.5]]), np.array([[-1.0, 2.0]]), normal(4, 3), fresh(1, 2)
        pairs = [(answer(), x) for x in (*inputs, np.array([[1000.0, -1000.0]]))]
        for layer, x in pairs:
            example = Example(x=x)
            out = example.call(method(layer, "forward"), "forward", "x")
            example.same_array("out", out, own().forward(x))
        for layer, x in pairs:  # after all have gone forward: each keeps its own
            dout = np.array([[2.0, 10.0]])[:, : x.shape[1]] if len(x) == 1 else normal(4, 3, rng=1)
            example = Example(x=x, dout=dout)
            dx = example.call(method(layer, "backward"), "backward", "dout")
            expected = nudged(lambda x=x, d=dout: np.sum(d * own().forward(x)), x)
            if shared(answer, x, dout, expected):
                label = _("dx, after another layer went forward,")
                example.same(label, dx, expected, code="shared-state")
            example.same_array("dx", dx, expected)
            label = _("{name} of a second backward(dout)", name="dx")
            example.same(label, layer.backward(dout.copy()), expected)
        whole = Example(x=np.array([[-1, 2]]))
        out = whole.call(answer().forward, "forward", "x")
        whole.same("out", out, own().forward(np.array([[-1.0, 2.0]])))

    return judge


def shared(answer, x, dout, expected):
    """Whether a layer that nothing comes between gives the right dx: then others disturb it."""
    alone = answer()
    alone.forward(x.copy())
    dx = np.asarray(alone.backward(dout.copy()))
    return dx.shape == expected.shape and np.allclose(dx, expected, 1e-4, 1e-5)


def linear(answer):
    """Linear(n_in, n_out, rng): W, b, forward, backward, dW, db, parameters."""
    linear_start(answer)
    for x, W, b, dout in (
        ([[1.0, 2.0]], [[3.0], [4.0]], [5.0], [[1.0]]),
        ([[1.0], [2.0]], [[3.0, 4.0]], [5.0, 6.0], [[1.0, 0.0], [1.0, 2.0]]),
        (normal(4, 3), normal(3, 2, rng=1), normal(2, rng=2), normal(4, 2, rng=3)),
    ):
        x, W, b, dout = map(np.array, (x, W, b, dout))
        layer = answer(*W.shape, np.random.default_rng(0))
        layer.W[...], layer.b[...] = W, b
        other = answer(*W.shape, np.random.default_rng(1))
        linear_numbers(layer, other, x, W, b, dout)
        linear_parameters(layer)


def linear_start(answer):
    """How W and b start: shapes, drawn by rng, small enough."""
    example = Example(n_in=3, n_out=2)
    draw = [answer(3, 2, np.random.default_rng(seed)) for seed in (0, 0, 1)]
    for layer in draw:
        for name, zeros in (("W", np.zeros((3, 2))), ("b", np.zeros(2))):
            if not isinstance(getattr(layer, name, None), np.ndarray):
                text = _(
                    "self.{name} is no array of shape {shape} after __init__.",
                    name=name,
                    shape=zeros.shape,
                )
                example.fail(text)
            if getattr(layer, name).shape != zeros.shape:
                shapes = facing(getattr(layer, name).shape, zeros.shape)
                turned = getattr(layer, name).shape == (2, 3)
                code = "W-transposed" if turned else None
                text = _("{label} has the wrong shape.", label=f"self.{name}")
                example.fail(text, *shapes, code=code)
            if (found := getattr(layer, name).dtype) != np.float64:
                text = _("{label} has the wrong type of numbers.", label=f"self.{name}")
                example.fail(text, *facing(found, "float64"), code="not-float64")
        example.same(_("b at the start"), layer.b, np.zeros(2))
    if not np.array_equal(draw[0].W, draw[1].W):
        text = _("Two generators with the same seed give two different W.")
        example.fail(text, code="rng-ignored")
    if np.array_equal(draw[0].W, draw[2].W):
        code = "zero-start" if np.ptp(draw[0].W) == 0 else "rng-ignored"
        example.fail(_("Two generators with different seeds give the same W."), code=code)
    spread, expected = float(answer(400, 50, np.random.default_rng(0)).W.std()), np.sqrt(2 / 400)
    if not expected / 2 <= spread <= expected * 2:
        sentence = _("The numbers in W have the wrong spread (standard deviation).")
        about = _("about √(2/n_in) = {value}", value=f"{expected:.3g}")
        lines = facing(f"{spread:.3g}", about)
        Example(n_in=400, n_out=50).fail(sentence, *lines, code="wrong-scale")
    for extra in ((), (0,)):  # without rng, and with a seed
        answer(2, 1, *extra)


def linear_numbers(layer, other, x, W, b, dout):
    """Forward and backward, also when another layer is used in between."""
    example = Example(x=x, W=W, b=b)
    out = example.call(method(layer, "forward"), "forward", "x")
    example.same_array("out", out, x @ W + b)
    example = example.also(dout=dout)
    expected = {
        name: nudged(lambda: np.sum(dout * (x @ W + b)), value)
        for name, value in (("dx", x), ("dW", W), ("db", b))
    }

    def compare(label, code=None):
        found = linear_gradients(example, layer)
        for name, gradient in expected.items():
            example.same_array(_(label, name=name), found[name], gradient, code=code)

    compare("{name}")
    for name, value in (("W", W), ("b", b)):
        label = _("{name} after forward and backward", name=name)
        example.same(label, getattr(layer, name), value, code="update-in-backward")
    compare(N_("{name} of a second backward(dout)"), "accumulates")
    layer.forward(x.copy())
    other.forward(x + 1)
    other.backward(2 * dout)
    compare(N_("{name}, after another layer was used,"), "shared-state")


def linear_gradients(example, layer):
    """Run backward and return {"dx": ..., "dW": ..., "db": ...}."""
    found = {"dx": example.call(method(layer, "backward"), "backward", "dout")}
    for name in ("dW", "db"):
        if not hasattr(layer, name):
            example.fail(_("self.{name} is missing after backward.", name=name))
        found[name] = copy.copy(getattr(layer, name))
    return found


def triples(owner):
    """What parameters() yields, as a list, or Wrong if these are no triples."""
    found = method(owner, "parameters")()
    found = list(found) if hasattr(found, "__iter__") else found
    good = isinstance(found, list) and all(
        isinstance(t, tuple | list) and len(t) == 3 and isinstance(t[0], str) for t in found
    )
    if not good:
        text = _("parameters() yields no triples.")
        Example().compare(text, found, "(name, value, gradient)")
    return found


def linear_parameters(layer):
    """The triples of W and b, which are the live arrays."""
    found = {name: (value, gradient) for name, value, gradient in triples(layer)}
    if found.keys() != {"W", "b"}:
        lines = facing(list(found), ["W", "b"])
        Example().fail(_("parameters() yields the wrong names."), *lines)
    for name, (value, gradient) in found.items():
        if not np.shares_memory(value, getattr(layer, name)):
            raise_if_swapped(name, gradient, getattr(layer, name))
            text = _("parameters() yields a copy of {name}.", name=name)
            raise Wrong(text, "parameters-copy")
        label = _("the gradient that parameters() yields with {name}", name=name)
        Example().same_array(label, gradient, getattr(layer, f"d{name}"))


def raise_if_swapped(name, gradient, parameter):
    """Raise Wrong if the parameter itself stands where its gradient belongs."""
    if isinstance(gradient, np.ndarray) and np.shares_memory(gradient, parameter):
        text = _("parameters() yields {name} in the third place.", name=name)
        order = facing(f"(name, d{name}, {name})", f"(name, {name}, d{name})")
        raise Wrong("\n".join([text, *order]), "value-gradient-swapped")


# --- Net, SGD and the training loop


class Digit:
    """A layer that writes its digit behind the number that comes: its order can be read off."""

    def __init__(self, digit):
        self.digit = digit

    def forward(self, x):
        return 10 * x + self.digit

    backward = forward


def net(answer):
    """Net(*layers): layers, forward, backward, parameters, predict."""
    digits = [Digit(1), Digit(2), Digit(3)]
    theirs, other = answer(*digits), answer(Digit(4))
    if any(layer in list(getattr(theirs, "layers", [])) for layer in getattr(other, "layers", [])):
        text = _("After Net(4) is made, Net(1, 2, 3) has other layers than before.")
        raise Wrong(text, "shared-state")
    if list(getattr(theirs, "layers", [])) != digits:
        raise Wrong(_("self.layers is not the list of the layers that Net(...) was given."))
    row = _("1, 2, 3, of which each writes its digit behind the number")
    for name, argument, order in (("forward", "x", 123), ("backward", "dout", 321)):
        example = Example(layers=row, **{argument: np.array([[0.0]])})
        out = example.call(method(theirs, name), name, argument)
        code = "returns-nothing" if out is None else None
        label = _("{name}, the order of the layers,", name=name)
        example.same(label, out, [[order]], code=code)
    if list(theirs.layers) != digits:
        text = _("self.layers has another order after backward.")
        raise Wrong(text, "layers-reversed")
    net_numbers(answer)
    net_parameters(answer)


def small_net(answer=Net, bend=Tanh):
    """A 2-3-2 net of mlpkit's layers with given weights, in the learner's Net."""
    layers = Linear(2, 3), bend(), Linear(3, 2)
    for seed, layer in enumerate((layers[0], layers[2])):
        layer.W[...] = normal(*layer.W.shape, rng=seed)
        layer.b[...] = normal(*layer.b.shape, rng=seed + 2)
    return answer(*layers)


class Bend:
    """tanh as the learner writes it: with no parameters method."""

    def forward(self, x):
        self.a = np.tanh(x)
        return self.a

    def backward(self, dout):
        return dout * (1 - self.a**2)


def net_numbers(answer):
    """Forward, backward and predict on a 2-3-2 net."""
    for x in (np.array([[1.0, 2.0]]), normal(4, 2)):
        theirs, ours = small_net(answer), small_net()
        example = Example(x=x)
        example.same("forward(x)", example.call(theirs.forward, "forward", "x"), ours.forward(x))
        labels = example.call(method(theirs, "predict"), "predict", "x")
        example.same("predict(x)", labels, ours.predict(x))
        dout = normal(len(x), 2, rng=1)
        example = example.also(dout=dout)
        theirs.forward(x)
        dx = example.call(theirs.backward, "backward", "dout")
        expected = nudged(lambda x=x, d=dout, t=ours: np.sum(d * t.forward(x)), x)
        example.same("backward(dout)", dx, expected)


def net_parameters(answer):
    """The triples: live arrays under names of their own, from layers that learn only."""
    try:
        found = len(triples(answer(Bend(), Linear(2, 3, 0), Linear(3, 2, 1))))
    except Exception:
        raise_if_by_class(answer)
        raise
    if found != 4:
        raise_if_by_class(answer)
        text = _("Net(Tanh, Linear, Linear).parameters() yields another number of triples.")
        raise Wrong("\n".join([text, *facing(found, 4)]))
    for bend in (Bend, Tanh):
        theirs = small_net(answer, bend)
        theirs.forward(np.array([[1.0, 2.0]]))
        theirs.backward(np.array([[1.0, -1.0]]))
        found, (first, _bend, last) = triples(theirs), theirs.layers
        names = [name for name, *_rest in found]
        if len(set(names)) < 4 or len(found) != 4:
            lines = facing(", ".join(names), _("four names, such as W1, b1, W2, b2"))
            repeated = len(found) == 4 and len(set(names)) < 4
            text = "\n".join([_("Net(Linear, Tanh, Linear).parameters() yields"), *lines])
            raise Wrong(text, "same-names" if repeated else None)
        for layer, kind in itertools.product((first, last), "Wb"):
            live = [g for _name, value, g in found if np.shares_memory(value, getattr(layer, kind))]
            if not live:
                for _name, _value, gradient in found:
                    raise_if_swapped(kind, gradient, getattr(layer, kind))
                text = _("parameters() yields a copy of {name}.", name=kind)
                raise Wrong(text, "parameters-copy")
            gradient = getattr(layer, f"d{kind}")
            Example().same(_("the gradient that comes with {name}", name=kind), live[0], gradient)


def raise_if_by_class(answer):
    """Raise Wrong if parameters() finds all triples of a Linear and Tanh that its code can name."""
    known = getattr(getattr(answer, "parameters", None), "__globals__", {})
    for names in (known, vars(layers)):
        bend, line = names.get("Tanh", Bend), names.get("Linear", Linear)
        if hasattr(bend, "parameters"):  # then it may be that every layer is asked
            continue
        try:
            theirs = answer(bend(), line(2, 3, 0), line(3, 2, 1))
            theirs.forward(np.array([[1.0, 2.0]]))
            theirs.backward(np.array([[1.0, -1.0]]))  # only then there need be gradients
            found = len(triples(theirs))
        except Exception:
            continue
        if found == 4:
            text = _("parameters() does not find the parameters of a layer of another class.")
            raise Wrong(text, "asks-for-class")


class Holder:
    """A stand-in for a net: parameters with gradients that backward would have left."""

    def __init__(self, **values):
        self.values = {name: np.array(value) for name, value in values.items()}
        self.gradients = {name: 7 + value for name, value in self.values.items()}

    def parameters(self):
        for name, value in self.values.items():
            yield name, value, self.gradients[name]


def sgd(answer):
    """SGD(net, lr): step() changes the parameters of the net in place."""
    for values, gradients, lr in (
        ({"w": [3.0]}, {"w": [4.0]}, 0.1),
        ({"W": [[1.0, 2.0]], "b": [0.5, 0.5]}, {"W": [[1.0, -1.0]], "b": [0.0, 2.0]}, 0.5),
    ):
        holder = Holder(**values)
        optimizer = answer(holder, lr)
        for step in (1, 2, 3):
            # New arrays each time, as backward makes them.
            holder.gradients = {k: step * np.array(g) for k, g in gradients.items()}
            if step == 3:  # the learning rate may be changed between steps
                optimizer.lr = lr = lr / 2
            live, before = dict(holder.values), {k: v.copy() for k, v in holder.values.items()}
            method(optimizer, "step")()
            for name, value in live.items():
                gradient = step * np.array(gradients[name])
                example = Example(**{name: before[name], f"d{name}": gradient}, lr=lr)
                if np.array_equal(value, before[name]) and np.any(gradient):
                    sentence = _("step() leaves {name} as it was.", name=name)
                    example.compare(sentence, value, before[name] - lr * gradient)
                code = "rate-hidden" if step == 3 else None
                expected = before[name] - lr * gradient
                label = _("{name} after step {step}", name=name, step=step)
                example.same(label, value, expected, code=code)
                after = holder.gradients[name]
                label = _("{name} after step {step}", name=f"d{name}", step=step)
                example.same(label, after, gradient, code="gradient-changed")


class Diary:
    """A net, a loss and an optimizer that write down what the training loop does with them."""

    def __init__(self, n):
        self.x = np.column_stack([np.arange(n), np.arange(n) % 3 - 1.0]) / n
        self.y = np.arange(n) % 2
        self.n, self.since, self.steps, self.losses = n, [], [], []
        self.net, self.loss = Net(Linear(2, 2, rng=0)), CrossEntropyLoss()
        self.optimizer = SGD(self.net, 0.1)

    def run(self, answer, size, epochs, seed=0):
        """Train with the learner's loop; return what it returns."""
        actors = [self.Actor(self, kind) for kind in ("net", "loss", "optimizer")]
        example = Example(x=self.x, y=self.y, batch_size=size, epochs=epochs)

        def called(x, y):
            how = {"batch_size": size, "epochs": epochs, "rng": np.random.default_rng(seed)}
            return answer(*actors, x, y, **how)

        return example.call(called, "train", "x", "y"), example

    class Actor:
        """Hands each call on to the real net, loss or optimizer, and notes it."""

        def __init__(self, diary, kind):
            self.diary, self.kind = diary, kind
            self.real = getattr(diary, kind)

        def __getattr__(self, name):
            if name == "gradients":  # a shortcut of mlpkit's Net; here all goes through backward
                raise AttributeError(name)
            found = getattr(self.real, name)
            if name not in ("forward", "backward", "step"):
                return found

            def noted(*arguments, **named):
                result = found(*arguments, **named)
                self.diary.note(f"{self.kind}.{name}", [*arguments, *named.values()], result)
                return result

            return noted

    def note(self, what, arguments, result):
        """Keep a call; at a step, close the list of the calls since the last one."""
        self.since.append((what, [np.array(a, copy=True) for a in arguments], result))
        if what == "optimizer.step":
            self.steps.append(self.since)
            self.since = []

    def rows(self, step):
        """The rows of x, by number, that a step was made of."""
        x = next(arguments[0] for what, arguments, _out in reversed(step) if what == "net.forward")
        return [round(float(v) * self.n) for v in np.reshape(x, (-1, 2))[:, 0]]


ORDER = ["net.forward", "loss.forward", "loss.backward", "net.backward", "optimizer.step"]


def training_loop(answer):
    """train(net, loss, optimizer, x, y, batch_size, epochs, rng) -> mean loss of each epoch."""
    for n, size, epochs in ((1, 1, 1), (3, 3, 1), (4, 2, 1), (5, 2, 2), (3, 3, 4)):
        diary = Diary(n)
        history, example = diary.run(answer, size, epochs)
        right_order(diary, example)
        every_row(diary, example, history, size, epochs)
        right_history(diary, example, history, size, epochs)
        if n == size:
            same_parameters(diary, example, size, epochs)
    shuffled(answer)


def right_order(diary, example):
    """Each step is preceded by forward, loss, backward through the loss, then the net."""
    if not diary.steps:
        example.fail(_("train never calls optimizer.step()."), code="no-step")
    for step in diary.steps:
        found = [what for what, *_rest in step][-len(ORDER) :]
        if found != ORDER:
            lines = facing(" → ".join(found), " → ".join(ORDER))
            code = order_mistake(found, diary)
            text = _("The calls before a step come in another order.")
            example.fail(text, *lines, code=code)
        forward, loss, gradient, backward, _step = step[-len(ORDER) :]
        label = _("what goes into {call}", call="loss.forward(scores, y)")
        example.same(label, loss[1][0], forward[2])
        label, code = _("what goes into {call}", call="net.backward"), "loss-gradient-skipped"
        example.same(label, backward[1][0], gradient[2], code=code)


def order_mistake(found, diary):
    """The known mistake behind a wrong order of calls, or None."""
    calls = [what for step in diary.steps for what, *_rest in step] + [c[0] for c in diary.since]
    if "net.backward" not in calls:
        return "backward-missing"
    if "loss.backward" not in calls:
        return "loss-gradient-skipped"
    return "step-too-early" if "net.backward" not in found[-2:] else None


def every_row(diary, example, history, size, epochs):
    """Every epoch uses each row once, with its own label, the last batch included."""
    n = diary.n
    per_epoch = -(-n // size)
    if len(diary.steps) != per_epoch * epochs:
        lines = facing(len(diary.steps), per_epoch * epochs)
        forwards = sum(w == "net.forward" for s in diary.steps for w, *_rest in s)
        known = {(n // size) * epochs: "last-batch-dropped"}
        known |= {per_epoch: epochs_mistake(diary, history, epochs)}
        known |= {epochs: "step-once-per-epoch" if forwards > epochs else None}
        example.fail(_("The number of steps is wrong."), *lines, code=known.get(len(diary.steps)))
    for epoch in range(epochs):
        steps = diary.steps[epoch * per_epoch : (epoch + 1) * per_epoch]
        for step in steps:
            labels, expected = step[-len(ORDER) + 1][1][1], diary.y[diary.rows(step)]
            label = _("y of the rows in a batch")
            example.same(label, labels, expected, code="shuffled-apart")
        batches = [diary.rows(step) for step in steps]
        rows = [len(batch) for batch in batches]
        if size < n and set(rows) == {n}:
            sizes = [size] * (n // size) + [n % size] * (n % size > 0)
            text = _("The net gets the wrong numbers of rows.")
            example.fail(text, *facing(rows, sizes), code="all-rows")
        counted(example, np.sort(np.concatenate(batches)), n, size)


def epochs_mistake(diary, history, epochs):
    """The known mistake behind the steps of a single epoch, or None."""
    try:
        entries = len(history)
    except TypeError:
        return None
    if entries < epochs:
        return "one-epoch"
    later = any(what == "net.forward" for what, *_rest in diary.since)
    return "used-up" if entries == epochs and not later else None


def right_history(diary, example, history, size, epochs):
    """One number per epoch: the mean over its samples of the loss before each step."""
    wanted = _("a list with one number per epoch")
    if history is None:
        example.compare(_("train returns nothing."), history, wanted, "returns-nothing")
    try:
        values = [getattr(entry, "loss", entry) for entry in history]
    except TypeError:
        example.compare(_("train returns no list."), history, wanted)
    per_epoch, batches = -(-diary.n // size), []
    for epoch in range(epochs):
        steps = diary.steps[epoch * per_epoch : (epoch + 1) * per_epoch]
        batches.append([(step[-len(ORDER) + 1][2], len(diary.rows(step))) for step in steps])
    expected = [sum(v * n for v, n in epoch) / diary.n for epoch in batches]
    known = {
        "history-sum": [sum(v for v, _n in epoch) for epoch in batches],
        "history-last": [epoch[-1][0] for epoch in batches],
        "history-unweighted": [np.mean([v for v, _n in epoch]) for epoch in batches],
        "history-per-step": [v for epoch in batches for v, _n in epoch],
    }
    known = {code: numbers for code, numbers in known.items() if not agree(numbers, expected)}
    code = next((code for code, numbers in known.items() if agree(values, numbers)), None)
    label = _("history, the mean loss of each epoch,")
    example.same(label, values, expected, code=code)


def agree(one, other):
    """Whether two lists hold the same numbers, up to rounding."""
    return np.shape(one) == np.shape(other) and np.allclose(one, other, 1e-4, 1e-6)


def same_parameters(diary, example, size, epochs):
    """With all samples in one batch, training leads to the same W and b as mlpkit's."""
    twin = Diary(diary.n)
    own.train(twin.net, twin.loss, twin.optimizer, twin.x, twin.y, size, epochs, rng=0)
    for name, value, _gradient in diary.net.parameters():
        expected = next(v for other, v, _g in twin.net.parameters() if other == name)
        example.same(_("{name} after the training", name=name), value, expected)


def shuffled(answer):
    """Each epoch has its own order, which rng alone decides."""
    orders = []
    for _time in range(2):
        diary = Diary(60)
        diary.run(answer, 8, 2)
        order = np.concatenate([diary.rows(step) for step in diary.steps]).reshape(2, 60)
        orders.append(order)
        batches = [frozenset(diary.rows(step)) for step in diary.steps]
    if np.array_equal(orders[0][0], np.arange(60)):
        raise Wrong(_("The samples come in their old order."), "not-shuffled")
    if np.array_equal(*orders[0]):
        raise Wrong(_("Two epochs have the same order."), "same-order")
    if set(batches[: len(batches) // 2]) == set(batches[len(batches) // 2 :]):
        raise Wrong(_("In two epochs the same rows share a batch."), "never-mixed")
    if not np.array_equal(*orders):
        raise Wrong(_("Two generators with the same seed give two orders."), "rng-ignored")


EXERCISES = [
    Exercise("squared_error", "squared_error", public.squared_error, squared_error),
    Exercise("softmax", "softmax", public.softmax, softmax),
    Exercise(
        "cross_entropy",
        "CrossEntropyLoss",
        losses.CrossEntropyLoss,
        cross_entropy,
        ("forward", "backward"),
    ),
    Exercise(
        "linear",
        "Linear",
        layers.Linear,
        linear,
        ("__init__", "forward", "backward", "parameters"),
    ),
    Exercise("tanh", "Tanh", layers.Tanh, activation(Tanh), ("forward", "backward")),
    Exercise("relu", "ReLU", layers.ReLU, activation(ReLU), ("forward", "backward")),
    Exercise("sigmoid", "Sigmoid", layers.Sigmoid, activation(Sigmoid), ("forward", "backward")),
    Exercise(
        "net", "Net", nets.Net, net, ("__init__", "forward", "backward", "parameters", "predict")
    ),
    Exercise("sgd", "SGD", optim.SGD, sgd, ("__init__", "step")),
    Exercise("minibatches", "minibatches", public.minibatches, minibatches),
    Exercise("training_loop", "train", train, training_loop),
]
