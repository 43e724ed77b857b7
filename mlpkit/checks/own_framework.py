"""Judges the exercises of the lesson OwnFramework, from the smallest example to larger ones.

Expected gradients are found by nudging mlpkit's own forward pass, so they need no formula.
"""

import itertools

import numpy as np

from ..layers import Linear, ReLU, Sigmoid, Tanh
from ..losses import CrossEntropyLoss
from ..net import Net
from ..optim import SGD
from ..train import train
from . import reference
from .exercise import Exercise
from .verdict import Example, Wrong, nudged


def normal(*shape, rng=0):
    """Random numbers, none of them near 0, where ReLU bends."""
    x = np.random.default_rng(rng).normal(size=shape)
    return np.round(x + np.sign(x) * 0.1, 3)


# --- Functions


def squared_error(answer):
    """(y_hat, y), both (N,) -> (loss, dy_hat)."""
    for y_hat, y in (
        (np.array([3.0]), np.array([1.0])),
        (np.array([2.0, 5.0]), np.array([3.0, 3.0])),
        (np.array([2, 5]), np.array([3, 3])),
        (normal(7), normal(7, rng=1)),
    ):
        example = Example(y_hat=y_hat, y=y)
        pair = example.call(answer, "squared_error", "y_hat", "y")
        if not isinstance(pair, tuple | list) or len(pair) != 2:
            example.compare("squared_error returns two things.", pair, "(loss, dy_hat)")
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
        raise Wrong("The rows come in their old order. Shuffle them in each call.")
    if np.array_equal(first, second):
        raise Wrong("Two calls in a row give the same order. Draw a new one from rng each time.")
    if not np.array_equal(first, walk(answer, 60, 7, np.random.default_rng(0))):
        raise Wrong("Two generators with the same seed give two orders. Draw the order with rng.")


def walk_twice(answer, rng):
    return walk(answer, 60, 7, rng), walk(answer, 60, 7, rng)


def walk(answer, n, size, rng):
    """Walk through n rows, numbered in both x and y; return the numbers in the order they came."""
    x = np.arange(n)[:, None] + np.array([0.0, 0.5])
    y = np.arange(n)
    example = Example(x=x, y=y, batch_size=size)

    def walked(x, y, size):
        pairs = answer(x, y, size, np.random.default_rng(rng))
        if not hasattr(pairs, "__iter__"):
            example.compare("minibatches yields pairs.", pairs, "pairs (x, y), one per batch")
        return list(itertools.islice(pairs, n + 5))

    pairs = example.call(walked, "minibatches", "x", "y", "batch_size")
    if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
        example.compare("minibatches yields pairs (x, y).", pairs[0], "a tuple (x, y)")
    for x_batch, y_batch in pairs:
        if np.ndim(y_batch) != 1 or np.shape(x_batch) != (len(y_batch), 2):
            shapes = f"x {np.shape(x_batch)}, y {np.shape(y_batch)}"
            expected = f"x ({min(size, n)}, 2), y ({min(size, n)},)"
            example.fail("A batch has wrong shapes.", f"yours: {shapes}", f"expected: {expected}")
        example.same("y of the rows in a batch", y_batch, np.asarray(x_batch)[:, 0])
    sizes = [len(y_batch) for _, y_batch in pairs]
    seen = np.concatenate([np.asarray(y) for _, y in pairs]) if pairs else np.array([])
    counted(example, np.sort(seen), n)
    expected = [size] * (n // size) + [n % size] * (n % size > 0)
    if sizes != expected:
        lines = f"yours: {sizes}", f"expected: {expected}"
        example.fail("The batches have the wrong numbers of rows.", *lines)
    return seen


def counted(example, rows, n):
    """Raise unless the sorted row numbers are 0 ... n - 1, each once."""
    if not np.array_equal(rows, np.arange(n)):
        lines = f"rows that came: {list(map(int, rows))}", f"expected: {list(range(n))}"
        example.fail("Not every row comes exactly once.", *lines)


# --- Losses and layers


def method(owner, name):
    """A method of the learner's object, or Wrong if there is none."""
    if not callable(getattr(owner, name, None)):
        raise Wrong(f"{type(owner).__name__} has no method {name}.")
    return getattr(owner, name)


def cross_entropy(answer):
    """forward(scores, y) -> loss, backward() -> dscores."""
    for scores, y in (
        (np.array([[1.0, 2.0, 3.0]]), np.array([2])),
        (np.array([[0.0, 0.0], [0.0, 1.0]]), np.array([0, 1])),
        (normal(5, 4), np.array([3, 0, 2, 2, 1])),
        (np.array([[1000.0, -1000.0]]), np.array([1])),
    ):
        loss, example = answer(), Example(scores=scores, y=y)
        for _ in range(2):  # the second time: nothing may be left from the first
            value = example.call(method(loss, "forward"), "forward", "scores", "y")
            example.same("loss", value, CrossEntropyLoss().forward(scores, y))
            expected = nudged(lambda s=scores, y=y: CrossEntropyLoss().forward(s, y), scores)
            example.same("dscores", method(loss, "backward")(), expected)
        example.same("dscores of a second backward()", loss.backward(), expected)
    first, second = answer(), answer()
    first.forward(np.array([[1.0, 2.0]]), np.array([0]))
    second.forward(np.array([[5.0, 2.0]]), np.array([0]))
    example = Example(scores=np.array([[1.0, 2.0]]), y=np.array([0]))
    p = reference.softmax(np.array([[1.0, 2.0]]))
    example.same("dscores, after another loss went forward,", first.backward(), p - [[1, 0]])


def activation(own):
    """A judge of the layer that does to each number what mlpkit's class `own` does."""

    def judge(answer):
        layers = [(answer(), x) for x in (np.array([[0.5]]), np.array([[-1.0, 2.0]]))]
        layers += [(answer(), x) for x in (normal(4, 3), np.array([[1000.0, -1000.0]]))]
        for layer, x in layers:
            example = Example(x=x)
            out = example.call(method(layer, "forward"), "forward", "x")
            example.same("out", out, own().forward(x))
        for layer, x in layers:  # after all have gone forward: each keeps its own
            dout = np.array([[2.0, 10.0]])[:, : x.shape[1]] if len(x) == 1 else normal(4, 3, rng=1)
            example = Example(x=x, dout=dout)
            dx = example.call(method(layer, "backward"), "backward", "dout")
            expected = nudged(lambda x=x, d=dout: np.sum(d * own().forward(x)), x)
            example.same("dx", dx, expected)
            example.same("dx of a second backward(dout)", layer.backward(dout.copy()), expected)
        whole = Example(x=np.array([[-1, 2]]))
        out = whole.call(answer().forward, "forward", "x")
        whole.same("out", out, own().forward(np.array([[-1.0, 2.0]])))

    return judge


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
                example.fail(f"self.{name} is no array of shape {zeros.shape} after __init__.")
            if getattr(layer, name).shape != zeros.shape:
                shapes = f"yours: {getattr(layer, name).shape}", f"expected: {zeros.shape}"
                example.fail(f"self.{name} has the wrong shape.", *shapes)
        example.same("b at the start", layer.b, np.zeros(2))
    if not np.array_equal(draw[0].W, draw[1].W):
        example.fail("Two generators with the same seed give two different W. Draw W with rng.")
    if np.array_equal(draw[0].W, draw[2].W):
        example.fail("Two generators with different seeds give the same W. Draw W with rng.")
    spread, expected = float(answer(400, 50, np.random.default_rng(0)).W.std()), np.sqrt(2 / 400)
    if not expected / 2 <= spread <= expected * 2:
        sentence = "The numbers in W have the wrong spread (standard deviation)."
        lines = f"yours: {spread:.3g}", f"expected: about √(2/n_in) = {expected:.3g}"
        Example(n_in=400, n_out=50).fail(sentence, *lines)
    for extra in ((), (0,)):  # without rng, and with a seed
        answer(2, 1, *extra)


def linear_numbers(layer, other, x, W, b, dout):
    """Forward and backward, also when another layer is used in between."""
    example = Example(x=x, W=W, b=b)
    out = example.call(method(layer, "forward"), "forward", "x")
    example.same("out", out, x @ W + b)
    example = example.also(dout=dout)
    other.forward(x + 1)
    for again in ("", " of a second backward(dout): set it, do not add to it,"):
        dx = example.call(method(layer, "backward"), "backward", "dout")
        example.same("dx", dx, nudged(lambda: np.sum(dout * (x @ W + b)), x))
        for name, value in (("dW", W), ("db", b)):
            if not hasattr(layer, name):
                example.fail(f"self.{name} is missing after backward.")
            expected = nudged(lambda: np.sum(dout * (x @ W + b)), value)
            example.same(name + again, getattr(layer, name), expected)
        other.backward(2 * dout)
    example.same("W after forward and backward", layer.W, W)
    example.same("b after forward and backward", layer.b, b)


def triples(owner):
    """What parameters() yields, as a list, or Wrong if these are no triples."""
    found = method(owner, "parameters")()
    found = list(found) if hasattr(found, "__iter__") else found
    good = isinstance(found, list) and all(
        isinstance(t, tuple | list) and len(t) == 3 and isinstance(t[0], str) for t in found
    )
    if not good:
        Example().compare("parameters() yields no triples.", found, "(name, value, gradient)")
    return found


def linear_parameters(layer):
    """The triples of W and b, which are the live arrays."""
    found = {name: (value, gradient) for name, value, gradient in triples(layer)}
    if found.keys() != {"W", "b"}:
        lines = f"yours: {list(found)}", "expected: ['W', 'b']"
        Example().fail("parameters() yields the wrong names.", *lines)
    for name, (value, gradient) in found.items():
        if not np.shares_memory(value, getattr(layer, name)):
            raise Wrong(f"parameters() yields a copy of {name}. Yield self.{name} itself.")
        Example().same(f"the gradient that parameters() yields with {name}", gradient,
                       getattr(layer, f"d{name}"))  # fmt: skip


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
    own = answer(*digits)
    if list(getattr(own, "layers", [])) != digits:
        raise Wrong("self.layers is not the list of the layers that Net(...) was given.")
    row = "1, 2, 3, of which each writes its digit behind the number"
    for name, argument, order in (("forward", "x", 123), ("backward", "dout", 321)):
        example = Example(layers=row, **{argument: np.array([[0.0]])})
        out = example.call(method(own, name), name, argument)
        example.same(f"{name}, the order of the layers,", out, [[order]])
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
        own, theirs = small_net(answer), small_net()
        example = Example(x=x)
        example.same("forward(x)", example.call(own.forward, "forward", "x"), theirs.forward(x))
        labels = example.call(method(own, "predict"), "predict", "x")
        example.same("predict(x)", labels, theirs.predict(x))
        dout = normal(len(x), 2, rng=1)
        example = example.also(dout=dout)
        own.forward(x)
        dx = example.call(own.backward, "backward", "dout")
        expected = nudged(lambda x=x, d=dout, t=theirs: np.sum(d * t.forward(x)), x)
        example.same("backward(dout)", dx, expected)


def net_parameters(answer):
    """The triples: live arrays under names of their own, from layers that learn only."""
    for bend in (Bend, Tanh):
        own = small_net(answer, bend)
        own.forward(np.array([[1.0, 2.0]]))
        own.backward(np.array([[1.0, -1.0]]))
        found, (first, _, last) = triples(own), own.layers
        if len({name for name, _, _ in found}) < 4 or len(found) != 4:
            names = ", ".join(name for name, _, _ in found)
            lines = f"yours: {names}", "expected: four names, such as W1, b1, W2, b2"
            raise Wrong("\n".join(["Net(Linear, Tanh, Linear).parameters() yields", *lines]))
        for layer, kind in itertools.product((first, last), "Wb"):
            live = [g for _, value, g in found if np.shares_memory(value, getattr(layer, kind))]
            if not live:
                raise Wrong(f"parameters() yields a copy of {kind}. Yield the layer's own array.")
            gradient = getattr(layer, f"d{kind}")
            Example().same(f"the gradient that comes with {kind}", live[0], gradient)


class Holder:
    """A stand-in for a net: parameters with gradients that backward would have left."""

    def __init__(self, **values):
        self.values = {name: np.array(value) for name, value in values.items()}
        self.gradients = {}

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
        for step in (1, 2):
            # New arrays each time, as backward makes them.
            holder.gradients = {k: step * np.array(g) for k, g in gradients.items()}
            live, before = dict(holder.values), {k: v.copy() for k, v in holder.values.items()}
            method(optimizer, "step")()
            for name, value in live.items():
                gradient = step * np.array(gradients[name])
                example = Example(**{name: before[name], f"d{name}": gradient}, lr=lr)
                if np.array_equal(value, before[name]) and np.any(gradient):
                    sentence = (
                        f"step() leaves {name} as it was: change the array itself, value -= …"
                    )
                    example.compare(sentence, value, before[name] - lr * gradient)
                example.same(f"{name} after step {step}", value, before[name] - lr * gradient)
                example.same(f"d{name} after step {step}", holder.gradients[name], gradient)


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
        x = next(arguments[0] for what, arguments, _ in reversed(step) if what == "net.forward")
        return [round(float(v) * self.n) for v in np.reshape(x, (-1, 2))[:, 0]]


ORDER = ["net.forward", "loss.forward", "loss.backward", "net.backward", "optimizer.step"]


def training_loop(answer):
    """train(net, loss, optimizer, x, y, batch_size, epochs, rng) -> mean loss of each epoch."""
    for n, size, epochs in ((1, 1, 1), (3, 3, 1), (4, 2, 1), (5, 2, 2), (3, 3, 4)):
        diary = Diary(n)
        history, example = diary.run(answer, size, epochs)
        right_order(diary, example)
        every_row(diary, example, size, epochs)
        right_history(diary, example, history, size, epochs)
        if n == size:
            same_parameters(diary, example, size, epochs)
    shuffled(answer)


def right_order(diary, example):
    """Each step is preceded by forward, loss, backward through the loss, then the net."""
    if not diary.steps:
        example.fail("train never calls optimizer.step().")
    for step in diary.steps:
        found = [what for what, _, _ in step][-len(ORDER) :]
        if found != ORDER:
            lines = f"yours: {' → '.join(found)}", f"expected: {' → '.join(ORDER)}"
            example.fail("The calls before a step come in another order.", *lines)
        forward, loss, gradient, backward, _ = step[-len(ORDER) :]
        example.same("what goes into loss.forward(scores, y)", loss[1][0], forward[2])
        example.same("what goes into net.backward", backward[1][0], gradient[2])


def every_row(diary, example, size, epochs):
    """Every epoch uses each row once, with its own label, the last batch included."""
    n = diary.n
    per_epoch = -(-n // size)
    if len(diary.steps) != per_epoch * epochs:
        lines = f"yours: {len(diary.steps)}", f"expected: {per_epoch * epochs}"
        example.fail("The number of steps is wrong.", *lines)
    for epoch in range(epochs):
        steps = diary.steps[epoch * per_epoch : (epoch + 1) * per_epoch]
        for step in steps:
            labels = step[-len(ORDER) + 1][1][1]
            example.same("y of the rows in a batch", labels, diary.y[diary.rows(step)])
        counted(example, np.sort(np.concatenate([diary.rows(step) for step in steps])), n)


def right_history(diary, example, history, size, epochs):
    """One number per epoch: the mean over its samples of the loss before each step."""
    try:
        values = [getattr(entry, "loss", entry) for entry in history]
    except TypeError:
        example.compare("train returns no list.", history, "a list with one number per epoch")
    per_epoch, expected = -(-diary.n // size), []
    for epoch in range(epochs):
        steps = diary.steps[epoch * per_epoch : (epoch + 1) * per_epoch]
        total = sum(step[-len(ORDER) + 1][2] * len(diary.rows(step)) for step in steps)
        expected.append(total / diary.n)
    example.same("history, the mean loss of each epoch,", values, expected)


def same_parameters(diary, example, size, epochs):
    """With all samples in one batch, training leads to the same W and b as mlpkit's."""
    twin = Diary(diary.n)
    train(twin.net, twin.loss, twin.optimizer, twin.x, twin.y, size, epochs, rng=0)
    for name, value, _ in diary.net.parameters():
        expected = next(v for other, v, _ in twin.net.parameters() if other == name)
        example.same(f"{name} after the training", value, expected)


def shuffled(answer):
    """Each epoch has its own order, which rng alone decides."""
    orders = []
    for _ in range(2):
        diary = Diary(60)
        diary.run(answer, 8, 2)
        order = np.concatenate([diary.rows(step) for step in diary.steps]).reshape(2, 60)
        orders.append(order)
    if np.array_equal(orders[0][0], np.arange(60)):
        raise Wrong("The samples come in their old order. Shuffle them in each epoch.")
    if np.array_equal(*orders[0]):
        raise Wrong("Two epochs have the same order. Shuffle anew in each epoch.")
    if not np.array_equal(*orders):
        raise Wrong("Two generators with the same seed give two orders. Draw the order with rng.")


EXERCISES = [
    Exercise("squared_error", "squared_error", reference.squared_error, squared_error),
    Exercise("softmax", "softmax", reference.softmax, softmax),
    Exercise(
        "cross_entropy",
        "CrossEntropyLoss",
        CrossEntropyLoss,
        cross_entropy,
        ("forward", "backward"),
    ),
    Exercise("linear", "Linear", Linear, linear, ("__init__", "forward", "backward", "parameters")),
    Exercise("tanh", "Tanh", Tanh, activation(Tanh), ("forward", "backward")),
    Exercise("relu", "ReLU", ReLU, activation(ReLU), ("forward", "backward")),
    Exercise("sigmoid", "Sigmoid", Sigmoid, activation(Sigmoid), ("forward", "backward")),
    Exercise("net", "Net", Net, net, ("__init__", "forward", "backward", "parameters", "predict")),
    Exercise("sgd", "SGD", SGD, sgd, ("__init__", "step")),
    Exercise("minibatches", "minibatches", reference.minibatches, minibatches),
    Exercise("training_loop", "train", train, training_loop),
]
