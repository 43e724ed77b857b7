"""The judges of the main lesson, in its order: from the squared error to the training loop.

Each goes from the smallest example to larger ones, so that the first that fails is the simplest.
"""

import numpy as np

from ..layers import Linear, ReLU, Sigmoid, Tanh
from ..losses import CrossEntropyLoss
from ..net import Net
from ..optim import SGD
from ..train import train
from . import reference
from .blank import require_class, require_function
from .verdict import Wrong, compare, run


def squared_error(answer):
    """The loss and its gradient, for one sample, two, five, and whole numbers."""
    require_function(answer, "squared_error")
    rng = np.random.default_rng(1)
    cases = [([2.0], [3.0]), ([2.0, 5.0], [3.0, 3.0]), rng.normal(size=(2, 5)), ([3, 1], [1, 4])]
    for y_hat, y in cases:
        y_hat, y = np.array(y_hat), np.array(y)
        given = f"y_hat = {y_hat.round(3)}, y = {y.round(3)}"
        result = run("squared_error", answer, y_hat, y)
        if not isinstance(result, (tuple, list)) or len(result) != 2:
            raise Wrong("squared_error should return two things, the loss and its gradient.")
        loss, gradient = reference.squared_error(y_hat, y)
        compare("the loss", result[0], loss, given)
        compare("the gradient", result[1], gradient, given)


def softmax(answer):
    """Rows of probabilities, also where exp would overflow."""
    require_function(answer, "softmax")
    rng = np.random.default_rng(1)
    cases = [[[0.0, 0.0]], [[1.0, 2.0, 3.0]], [[1.0, 2.0], [3.0, 5.0]], rng.normal(size=(4, 3))]
    for scores in [*cases, [[1000.0, 999.0, -1000.0]], [[1, 2], [0, 4]]]:
        scores = np.array(scores)
        p = run("softmax", answer, scores)
        compare("softmax", p, reference.softmax(scores), f"scores {scores.round(3).tolist()}")


def cross_entropy(answer):
    """The loss and its gradient; two losses must not share what they keep."""
    require_class(answer, "CrossEntropyLoss", ["forward", "backward"])
    rng = np.random.default_rng(1)
    cases = [([[0.0, 0.0]], [1]), ([[1.0, 2.0, 3.0]], [2]), (rng.normal(size=(4, 3)), [0, 2, 1, 1])]
    for scores, y in [*cases, ([[1000.0, 0.0, -1000.0], [0.0, 1000.0, 0.0]], [0, 2])]:
        scores, y = np.array(scores), np.array(y)
        given = f"scores {scores.round(3).tolist()}, y = {y}"
        yours, ours = run("CrossEntropyLoss()", answer), CrossEntropyLoss()
        compare("forward", run("forward", yours.forward, scores, y), ours.forward(scores, y), given)
        other = run("CrossEntropyLoss()", answer)
        run("forward", other.forward, -scores, y)
        compare("backward", run("backward", yours.backward), ours.backward(), given)


def linear(answer):
    """The start, forward, backward with its three gradients, and the parameters."""
    require_class(answer, "Linear", ["__init__", "forward", "backward", "parameters"])
    big = make_linear(answer, 100, 50, 1)
    compare("b at the start", big.b, np.zeros(50))
    if np.shape(big.W) != (100, 50):
        raise Wrong(f"W of Linear(100, 50) should have shape (100, 50), not {np.shape(big.W)}.")
    spread, wanted = float(np.std(big.W)), float(np.sqrt(2 / 100))
    if not wanted / 3 < spread < 3 * wanted:
        raise Wrong(f"W at the start has spread {spread:.3g}; √(2/n_in) is {wanted:.3g} here.")
    if np.array_equal(big.W, make_linear(answer, 100, 50, 2).W):
        raise Wrong("Another rng gives the same W. Draw W with np.random.default_rng(rng).")
    rng = np.random.default_rng(1)
    for n, n_in, n_out in ((1, 1, 1), (1, 2, 1), (2, 2, 3), (5, 4, 3)):
        judge_linear_case(answer, rng, n, n_in, n_out)


def make_linear(answer, n_in, n_out, seed):
    """A layer of the learner's, with W and b to be found in it."""
    layer = run(f"Linear({n_in}, {n_out}, rng)", answer, n_in, n_out, np.random.default_rng(seed))
    for name in ("W", "b"):
        if not isinstance(getattr(layer, name, None), np.ndarray):
            raise Wrong(f"Linear should keep an array self.{name}; there is none after __init__.")
    return layer


def judge_linear_case(answer, rng, n, n_in, n_out):
    """One size: forward, backward twice (gradients are set, not added), and the parameters."""
    x, dout = rng.integers(-3, 4, (n, n_in)) * 1.0, rng.integers(-3, 4, (n, n_out)) * 1.0
    yours, ours = make_linear(answer, n_in, n_out, 3), Linear(n_in, n_out)
    W, b = rng.integers(-3, 4, (n_in, n_out)) * 1.0, rng.integers(1, 4, n_out) * 1.0
    yours.W, yours.b, ours.W, ours.b = W.copy(), b.copy(), W, b
    given = f"x {x.tolist()}, W {W.tolist()}, b {b.tolist()}"
    compare("forward", run("forward", yours.forward, x), ours.forward(x), given)
    other = make_linear(answer, n_in, n_out, 4)
    run("forward", other.forward, x + 1)
    dx = ours.backward(dout)
    for _ in range(2):
        compare("dx", run("backward", yours.backward, dout), dx, f"{given}, dout {dout.tolist()}")
        for name in ("dW", "db"):
            value = getattr(yours, name, None)
            compare(name, value, getattr(ours, name), f"{given}, dout {dout.tolist()}")
    triples = run("parameters", lambda: list(yours.parameters()))
    judge_triples(triples, [(yours.W, yours.dW), (yours.b, yours.db)])


def judge_triples(triples, expected):
    """Parameters must be triples of a name, the live value and its gradient."""
    if len(triples) != len(expected) or any(len(t) != 3 for t in triples):
        raise Wrong(f"parameters should yield {len(expected)} triples: name, value, gradient.")
    if len({name for name, _, _ in triples}) != len(triples):
        raise Wrong("parameters yields the same name twice; every parameter needs its own.")
    for (name, value, gradient), (live, wanted) in zip(triples, expected, strict=True):
        if not (isinstance(value, np.ndarray) and np.shares_memory(value, live)):
            raise Wrong(f"parameters yields a copy of {name}. Yield the array itself.")
        compare(f"the gradient of {name} in parameters", gradient, wanted)


def activation(answer, ours):
    """An activation and its slope, also for large numbers; two of them must not share a memory."""
    require_class(answer, ours.__name__, ["forward", "backward"])
    rng = np.random.default_rng(1)
    cases = [[[0.5]], [[-1.0, 2.0]], rng.normal(size=(3, 4)), [[1000.0, -1000.0]], [[1, -2]]]
    for x in cases:
        x = np.array(x)
        dout, yours, right = np.arange(1.0, x.size + 1).reshape(x.shape), run("()", answer), ours()
        given = f"x {x.round(3).tolist()}"
        compare("forward", run("forward", yours.forward, x), right.forward(x), given)
        run("forward", run("()", answer).forward, x + 1)
        dx = run("backward", yours.backward, dout)
        compare("backward", dx, right.backward(dout), f"{given}, dout {dout.tolist()}")


def tanh(answer):
    """Tanh."""
    activation(answer, Tanh)


def relu(answer):
    """ReLU."""
    activation(answer, ReLU)


def sigmoid(answer):
    """Sigmoid."""
    activation(answer, Sigmoid)


def net(answer):
    """Forward and backward through layers of mlpkit's, all parameters, and the labels."""
    require_class(answer, "Net", ["__init__", "forward", "backward", "parameters", "predict"])
    x, dout = np.array([[1.0, -2.0], [0.5, 3.0]]), np.array([[1.0, 0.0, 2.0], [-1.0, 1.0, 0.0]])
    for make in (lambda: [Linear(2, 3, 1)], lambda: [Linear(2, 4, 1), Tanh(), Linear(4, 3, 2)]):
        layers, ours = make(), Net(*make())
        yours = run("Net(*layers)", lambda layers=layers: answer(*layers))
        if [*getattr(yours, "layers", ())] != layers:
            raise Wrong("The layers should be found in self.layers, in their order.")
        given = f"{ours}, x {x.tolist()}"
        compare("forward", run("forward", yours.forward, x), ours.forward(x), given)
        compare("backward", run("backward", yours.backward, dout), ours.backward(dout), given)
        learning = [layer for layer in layers if isinstance(layer, Linear)]
        arrays = [pair for a in learning for pair in ((a.W, a.dW), (a.b, a.db))]
        judge_triples(run("parameters", lambda yours=yours: list(yours.parameters())), arrays)
        for (_, _, d), (name, _, right) in zip(yours.parameters(), ours.parameters(), strict=True):
            compare(f"the gradient of {name} after backward", d, right, given)
        compare("predict", run("predict", yours.predict, x), ours.predict(x), given)


class OneParameter:
    """The smallest thing an optimizer can step: one array, and a gradient that may be replaced."""

    def __init__(self):
        self.W, self.dW = np.array([[3.0, 1.0]]), np.array([[4.0, -2.0]])
        self.b, self.db = np.array([1.0]), np.array([0.5])

    def parameters(self):
        yield "W", self.W, self.dW
        yield "b", self.b, self.db


def sgd(answer):
    """Steps in place, with the gradients of the moment."""
    require_class(answer, "SGD", ["__init__", "step"])
    thing = OneParameter()
    W, b = thing.W, thing.b
    optimizer = run("SGD(net, 0.1)", lambda: answer(thing, 0.1))
    run("step", optimizer.step)
    if thing.W is not W:
        raise Wrong("step replaces the array W. Change it in place: value -= lr * gradient.")
    compare("W after a step", W, [[2.6, 1.2]], "W [[3, 1]], dW [[4, -2]], lr 0.1")
    compare("b after a step", b, [0.95], "b [1], db [0.5], lr 0.1")
    compare("dW after a step", thing.dW, [[4.0, -2.0]])
    thing.dW = np.array([[1.0, 1.0]])
    run("step", optimizer.step)
    compare("W after a second step, with another gradient", W, [[2.5, 1.1]], "dW [[1, 1]]")


def minibatches(answer):
    """Every row once, with its own y, in a new order each time, the last batch kept."""
    require_function(answer, "minibatches")
    rng, x = np.random.default_rng(1), np.arange(20.0).reshape(10, 2)
    y, orders = np.arange(10) * 10, []
    for size in (5, 4, 10, 10):
        pairs = run("minibatches", lambda size=size: list(answer(x.copy(), y.copy(), size, rng)))
        if not all(isinstance(p, (tuple, list)) and len(p) == 2 for p in pairs):
            raise Wrong("minibatches should yield pairs (x, y).")
        judge_batches([np.asarray(p[0]) for p in pairs], [np.asarray(p[1]) for p in pairs], size)
        orders.append(np.concatenate([p[1] for p in pairs]).tolist())
    if y.tolist() in orders[2:] or orders[2] == orders[3]:
        raise Wrong(f"The order is not drawn anew: twice 10 samples came as {orders[2:]}.")


def judge_batches(xs, ys, size):
    """The batches of rows (2i, 2i + 1) with labels 10 i, i from 0 to 9, `size` at a time."""
    sizes = [len(x) for x in xs]
    wanted = [min(size, 10 - start) for start in range(0, 10, size)]
    if sizes != wanted:
        raise Wrong(f"10 samples, batch_size {size}: batches of {sizes}, expected {wanted}.")
    for x, y in zip(xs, ys, strict=True):
        if x.shape != (len(x), 2) or y.shape != (len(x),):
            raise Wrong(f"A batch has shapes {x.shape} and {y.shape}, expected (n, 2) and (n,).")
        if not np.array_equal(x[:, 0] * 5, y):
            raise Wrong(f"Samples lost their labels: rows {x.tolist()} came with y {y.tolist()}.")
    seen = sorted(np.concatenate(ys).tolist())
    if seen != list(range(0, 100, 10)):
        raise Wrong(f"Each sample should come once an epoch; the labels seen are {seen}.")


class Recorder:
    """Net, loss and optimizer in one, writing down who was called with what."""

    def __init__(self):
        self.calls, self.xs, self.ys = [], [], []

    def part(self, name):
        """The object that stands for one of the three parts."""
        recorder = self

        class Part:
            layers = ()

            def forward(self, x, y=None):
                recorder.calls.append(f"{name}.forward")
                if y is None:
                    recorder.xs.append(np.array(x))
                    return np.zeros((len(x), 3))
                recorder.ys.append(np.array(y))
                return float(np.mean(y))

            def backward(self, dout=None):
                recorder.calls.append(f"{name}.backward")
                return np.zeros((len(recorder.xs[-1]), 3))

            def step(self):
                recorder.calls.append(f"{name}.step")

            def parameters(self):
                yield from ()

        return Part()


ONE_STEP = ["net.forward", "loss.forward", "loss.backward", "net.backward", "optimizer.step"]


def training_loop(answer):
    """Who is called in which order with what, the history, and the parameters it leads to."""
    require_function(answer, "train")
    x, y = np.arange(20.0).reshape(10, 2), np.arange(10) * 10
    recorder, rng = Recorder(), np.random.default_rng(1)
    parts = [recorder.part(name) for name in ("net", "loss", "optimizer")]
    history = run("train", lambda: answer(*parts, x, y, batch_size=4, epochs=2, rng=rng))
    if recorder.calls != 6 * ONE_STEP:
        came, wanted = " → ".join(recorder.calls[:5]), " → ".join(ONE_STEP)
        raise Wrong(
            f"10 samples, batch_size 4, 2 epochs make 6 steps of: {wanted}.\n"
            f"Yours called {len(recorder.calls)} instead of 30 times, at first: {came}"
        )
    for epoch in (slice(0, 3), slice(3, 6)):
        judge_batches(recorder.xs[epoch], recorder.ys[epoch], 4)
    first, second = (np.concatenate(recorder.ys[i : i + 3]).tolist() for i in (0, 3))
    if first == second or y.tolist() in (first, second):
        raise Wrong(f"Shuffle anew in each epoch. Two epochs came as {first} and {second}.")
    if not isinstance(history, (list, tuple)) or len(history) != 2:
        raise Wrong("train should return a list with one number per epoch.")
    losses = [getattr(epoch, "loss", epoch) for epoch in history]
    compare("the history", losses, [45.0, 45.0], "batches of 4, 4 and 2, weighed by their sizes")
    judge_parameters(answer)


def judge_parameters(answer):
    """Three steps with the whole set as one batch lead where mlpkit's loop leads."""
    x, y = np.random.default_rng(1).normal(size=(6, 2)), np.array([0, 1, 2, 0, 1, 2])
    ends = []
    for loop in (answer, train):
        net = Net(Linear(2, 4, 1), Tanh(), Linear(4, 3, 2))
        given = {"batch_size": 6, "epochs": 3, "rng": np.random.default_rng(0)}
        arguments = (net, CrossEntropyLoss(), SGD(net, 0.5), x, y)
        run("train", lambda a=arguments, g=given, loop=loop: loop(*a, **g))
        ends.append(net.layers[0].W)
    compare("W of the first layer after three steps", ends[0], ends[1])


EXERCISES = {
    "squared_error": ("squared_error", squared_error, reference.squared_error),
    "softmax": ("softmax", softmax, reference.softmax),
    "cross_entropy": ("CrossEntropyLoss", cross_entropy, CrossEntropyLoss),
    "linear": ("Linear", linear, Linear),
    "tanh": ("Tanh", tanh, Tanh),
    "relu": ("ReLU", relu, ReLU),
    "sigmoid": ("Sigmoid", sigmoid, Sigmoid),
    "net": ("Net", net, Net),
    "sgd": ("SGD", sgd, SGD),
    "minibatches": ("minibatches", minibatches, reference.minibatches),
    "training_loop": ("train", training_loop, train),
}
