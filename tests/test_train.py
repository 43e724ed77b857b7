"""The training loop does what it says, step by step, and refuses what it cannot train on."""

import copy
from pathlib import Path
from types import GeneratorType, SimpleNamespace

import numpy as np
import pytest
from nets import assert_close, assert_same, classification, values
from sklearn.neural_network import MLPClassifier, MLPRegressor

import mlpkit
from mlpkit import (
    SGD,
    Adam,
    CrossEntropyLoss,
    Epoch,
    History,
    Linear,
    LogisticLoss,
    Net,
    ReLU,
    SquaredLoss,
    Tanh,
    accuracy,
    check_gradients,
    steps,
    train,
)

SOLUTIONS = Path(__file__).parent / "solutions" / "OwnFramework"


def start(case, batch_size=5, epochs=2, rng=0, lr=0.1):
    """Return the generator of `steps` for a case of 23 samples."""
    return steps(*case[:2], SGD(case.net, lr), case.x, case.y, batch_size, epochs, rng)


class Spy(CrossEntropyLoss):
    """A loss that keeps the labels of each batch that is trained on."""

    def __init__(self):
        self.batches = []

    def forward(self, scores, y):
        self.y = y.copy()
        return super().forward(scores, y)

    def backward(self):
        self.batches.append(self.y)
        return super().backward()


def spied(samples=23, **options):
    """Train on samples whose label is their own number; return the batches of numbers."""
    net, loss = Net(Linear(1, samples, rng=0)), Spy()
    x, y = np.linspace(-1, 1, samples)[:, None], np.arange(samples)
    options = {"batch_size": 5, "epochs": 3, "rng": 0} | options
    for _ in steps(net, loss, SGD(net, 0.01), x, y, **options):
        pass
    return loss.batches


# ---- steps: which batches ----


def test_an_epoch_is_every_sample_once_and_keeps_the_last_smaller_batch():
    batches = spied()
    assert [len(batch) for batch in batches] == 3 * [5, 5, 5, 5, 3]
    for epoch in range(3):
        numbers = np.concatenate(batches[5 * epoch : 5 * epoch + 5])
        assert sorted(numbers) == list(range(23))


def test_each_epoch_has_its_own_order():
    batches = spied()
    epochs = [np.concatenate(batches[i : i + 5]).tolist() for i in (0, 5, 10)]
    assert epochs[0] != epochs[1] != epochs[2] != epochs[0]
    assert list(range(23)) not in epochs


def test_the_order_is_the_permutation_that_rng_draws():
    rng = np.random.default_rng(7)
    wanted = np.concatenate([rng.permutation(23) for _ in range(3)])
    np.testing.assert_array_equal(np.concatenate(spied(rng=7)), wanted)
    generator = np.random.default_rng(7)
    np.testing.assert_array_equal(np.concatenate(spied(rng=generator)), wanted)


def test_a_batch_larger_than_the_data_is_the_data():
    assert [len(batch) for batch in spied(batch_size=1000)] == [23, 23, 23]


def test_without_rng_no_two_runs_are_alike():
    assert np.concatenate(spied(rng=None)).tolist() != np.concatenate(spied(rng=None)).tolist()


# ---- steps: what they do ----


def test_a_step_is_forward_backward_and_an_update_by_hand():
    case, twin = classification(), classification()
    order = np.random.default_rng(3).permutation(len(case.x))
    generator = start(case, rng=3)
    for i in range(0, 15, 5):
        batch = order[i : i + 5]
        single = twin._replace(x=twin.x[batch], y=twin.y[batch])
        wanted, gradients = single.value(), single.gradients()
        assert next(generator) == (1, wanted)  # the loss before the step
        for name, value, _ in twin.net.parameters():
            value -= 0.1 * gradients[name]
        assert_same(values(case.net), values(twin.net))


def test_steps_is_a_generator_that_does_nothing_before_next():
    case = classification()
    before = values(case.net)
    generator = start(case)
    assert isinstance(generator, GeneratorType)
    assert_same(values(case.net), before)
    next(generator)
    assert (case.net.layers[0].W != before["W1"]).all()


def test_nothing_happens_between_two_next():
    case = classification()
    generator = start(case)
    next(generator)
    before = values(case.net)
    generator.close()
    assert_same(values(case.net), before)


def test_epochs_count_from_1():
    assert [epoch for epoch, _ in start(classification())] == 5 * [1] + 5 * [2]


def test_epochs_none_goes_on_without_end():
    generator = start(classification(), batch_size=23, epochs=None)
    assert [next(generator)[0] for _ in range(300)] == list(range(1, 301))


def test_same_rng_same_bits():
    runs = []
    for _ in range(2):
        case = classification()
        runs.append((list(start(case, rng=5)), values(case.net)))
    assert runs[0][0] == runs[1][0]
    assert_same(runs[0][1], runs[1][1])


def test_lr_changed_between_steps_counts():
    case, twin = classification(), classification()
    optimizer = SGD(case.net, 0.1)
    run = steps(case.net, case.loss, optimizer, case.x, case.y, 23, 2, 0)
    other = start(twin, batch_size=23)
    next(run), next(other)
    before = values(case.net)
    optimizer.lr = 0.2
    next(run), next(other)
    for (name, a, _), (_, b, _) in zip(case.net.parameters(), twin.net.parameters(), strict=True):
        np.testing.assert_allclose(a - before[name], 2 * (b - before[name]), rtol=1e-10)


def test_the_data_are_left_untouched_and_may_be_read_only():
    case = classification()
    x, y = case.x.copy(), case.y.copy()
    case.x.setflags(write=False)
    case.y.setflags(write=False)
    list(start(case))
    np.testing.assert_array_equal(case.x, x)
    np.testing.assert_array_equal(case.y, y)


def test_lists_are_taken_as_arrays():
    case, twin = classification(), classification()
    listed = twin._replace(x=twin.x.tolist(), y=twin.y.tolist())
    assert list(start(case)) == list(start(listed))


# ---- dtype ----


@pytest.mark.parametrize(
    "optimizer",
    [lambda net: SGD(net, 0.1, 0.9, 0.01), lambda net: Adam(net, 0.01)],
    ids=["SGD", "Adam"],
)
def test_float32_data_make_everything_float32(optimizer):
    case = classification()
    optimizer = optimizer(case.net)
    list(steps(case.net, case.loss, optimizer, case.x.astype(np.float32), case.y, 5, 2, 0))
    for _, value, gradient in case.net.parameters():
        assert value.dtype == gradient.dtype == np.float32
    kept = [*getattr(optimizer, "velocity", {}).values()]
    kept += [array for pair in getattr(optimizer, "moments", {}).values() for array in pair]
    assert kept and {array.dtype for array in kept} == {np.dtype(np.float32)}
    assert case.net.layers[0].out.dtype == case.loss.dscores.dtype == np.float32


def test_float32_data_with_float64_targets_keep_the_parameters_float32():
    net = Net(Linear(2, 3, rng=0), Tanh(), Linear(3, 1, rng=1))
    x, y = np.ones((6, 2), np.float32), np.ones((6, 1))
    list(steps(net, SquaredLoss(), SGD(net, 0.1), x, y, 2, 2, 0))
    assert {value.dtype for _, value, _ in net.parameters()} == {np.dtype(np.float32)}


def test_integer_x_becomes_float64():
    net = Net(Linear(2, 2, rng=0))
    x, y = np.array([[1, 2], [3, 4]]), np.array([0, 1])
    list(steps(net, CrossEntropyLoss(), SGD(net, 0.1), x, y, 1, 1, 0))
    assert net.layers[0].x.dtype == net.layers[0].W.dtype == np.float64


def test_float64_data_turn_a_float32_net_back():
    case = classification()
    case.net.astype(np.float32)
    list(start(case))
    assert {value.dtype for _, value, _ in case.net.parameters()} == {np.dtype(np.float64)}


# ---- train ----


def test_history_is_what_one_computes_by_hand():
    case, twin, held_out = classification(), classification(), classification(seed=1)
    validation = held_out.x, held_out.y
    optimizer = SGD(case.net, 0.1)
    history = train(*case[:2], optimizer, case.x, case.y, 5, 3, validation, rng=4)
    run = start(twin, epochs=3, rng=4)
    for number, epoch in enumerate(history, start=1):
        losses = [next(run)[1] for _ in range(5)]
        scores, val_scores = twin.net.forward(case.x), twin.net.forward(held_out.x)
        wanted = Epoch(
            number,
            np.average(losses, weights=[5, 5, 5, 5, 3]),
            np.mean(scores.argmax(axis=1) == case.y),
            CrossEntropyLoss().forward(val_scores, held_out.y),
            np.mean(val_scores.argmax(axis=1) == held_out.y),
        )
        assert epoch == pytest.approx(wanted, rel=1e-12)
    assert isinstance(history, History) and len(history) == 3 and history.stopped is None
    assert_same(values(case.net), values(twin.net))


def test_validation_is_measured_and_not_trained_on():
    with_it, without = classification(), classification()
    other = classification(seed=1)
    for case, validation in ((with_it, (other.x, other.y)), (without, None)):
        train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 3, validation, rng=0)
    assert_same(values(with_it.net), values(without.net))


def test_without_validation_there_are_no_validation_numbers():
    case = classification()
    (epoch,) = train(*case[:2], SGD(case.net, 0.1), case.x, case.y, epochs=1, rng=0)
    assert (epoch.val_loss, epoch.val_accuracy) == (None, None)


def test_large_data_are_measured_as_a_whole():
    case, held_out = classification(samples=50), classification(seed=1, samples=2345)
    validation = held_out.x, held_out.y
    history = train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 1, validation, rng=0)
    scores = case.net.forward(held_out.x)
    assert history[0].val_loss == pytest.approx(case.loss.forward(scores, held_out.y), rel=1e-12)
    assert history[0].val_accuracy == accuracy(scores, held_out.y)


def test_regression_has_no_accuracy():
    net, x = Net(Linear(1, 1, rng=0)), np.linspace(-1, 1, 20)[:, None]
    validation = x, 3 * x + 1
    history = train(net, SquaredLoss(), SGD(net, 0.2), x, 3 * x + 1, 4, 30, validation, rng=0)
    assert history[-1].accuracy is history[-1].val_accuracy is None
    assert history[-1].loss < 1e-3
    np.testing.assert_allclose([net.layers[0].W.item(), net.layers[0].b.item()], [3, 1], atol=0.1)


def test_one_output_and_labels_give_an_accuracy():
    net, x = Net(Linear(2, 1, rng=0)), np.random.default_rng(0).normal(size=(60, 2))
    y = (x[:, 0] > 0).astype(int)
    history = train(net, LogisticLoss(), SGD(net, 1.0), x, y, 10, 20, rng=0)
    assert history[-1].accuracy == accuracy(net.forward(x), y) > 0.95


def test_on_epoch_gets_every_epoch_when_it_ends():
    case, seen = classification(), []
    history = train(
        *case[:2],
        SGD(case.net, 0.1),
        case.x,
        case.y,
        epochs=3,
        rng=0,
        on_epoch=lambda epoch: seen.append((epoch, values(case.net)["W1"][0, 0])),
    )
    assert [epoch for epoch, _ in seen] == list(history)
    assert len({weight for _, weight in seen}) == 3


@pytest.mark.parametrize("lr", [1e4, 1e200])
def test_a_run_that_diverges_stops_says_so_and_warns_of_nothing(lr):
    net = Net(Linear(1, 1, rng=0))
    x = np.linspace(-1, 1, 20)[:, None]
    seen = []
    history = train(
        net, SquaredLoss(), SGD(net, lr), x, 3 * x, 5, 500, (x, x), rng=0, on_epoch=seen.append
    )
    assert len(history) < 500
    assert not np.isfinite(history[-1].loss)
    assert history.stopped.startswith(f"epoch {len(history)}: the loss is ")
    assert "smaller lr" in history.stopped
    assert len(seen) == len(history)


def test_steps_yield_the_nan_and_go_on_if_asked():
    net, x = Net(Linear(1, 1, rng=0)), np.linspace(-1, 1, 20)[:, None]
    losses = [v for _, v in steps(net, SquaredLoss(), SGD(net, 1e200), x, 3 * x, 5, 2, 0)]
    assert len(losses) == 8 and not np.isfinite(losses[-1])


def test_warnings_outside_of_steps_are_as_before():
    case = classification()
    generator = start(case)
    next(generator)
    with pytest.warns(RuntimeWarning, match=r"overflow"):
        np.exp(np.array([1000.0]))


# ---- scikit-learn ----


def sklearn_twin(kind, hidden, bend, lr, x, y, batch_size):
    """Return scikit-learn's net after one epoch, and mlpkit's with the same weights."""
    options = {} if kind is MLPRegressor else {"classes": np.unique(y)}
    peer = kind(
        hidden_layer_sizes=hidden,
        activation={Tanh: "tanh", ReLU: "relu"}[bend],
        solver="sgd",
        learning_rate_init=lr,
        momentum=0,
        alpha=0,
        batch_size=batch_size,
        shuffle=False,
        random_state=0,
    ).partial_fit(x, y, **options)
    layers = []
    for W, b in zip(peer.coefs_, peer.intercepts_, strict=True):
        linear = Linear(*W.shape)
        linear.W, linear.b = W.copy(), b.copy()
        layers += [linear, bend()]
    return peer, Net(*layers[:-1])


SKLEARN = {  # scikit-learn's squared error is r²/2, its mean is over samples and outputs
    "three classes": (MLPClassifier, CrossEntropyLoss, 3, 1, 1),
    "two classes": (MLPClassifier, LogisticLoss, 2, 1, 1),
    "one number": (MLPRegressor, SquaredLoss, 1, 2, 2),
    "two numbers": (MLPRegressor, SquaredLoss, 2, 4, 2),
}


@pytest.mark.parametrize("kind", SKLEARN)
@pytest.mark.parametrize("bend", [Tanh, ReLU])
@pytest.mark.parametrize("hidden", [(10,), (7, 5)])
def test_the_first_epoch_is_that_of_scikit_learn(kind, bend, hidden):
    """Same weights, same batches: the loss of each batch, of the epoch, and all parameters.

    scikit-learn does not shuffle here; its samples come in the order that our rng draws.
    """
    peer_class, loss, outputs, value_factor, slope_factor = SKLEARN[kind]
    rng = np.random.default_rng(0)
    x = rng.normal(size=(90, 4))
    if peer_class is MLPClassifier:
        y = rng.integers(0, outputs, 90)
    else:
        y = rng.normal(size=(90, outputs))
    order = np.random.default_rng(6).permutation(90)
    flat = y[:, 0] if y.shape == (90, 1) else y
    peer, net = sklearn_twin(peer_class, hidden, bend, 0.2, x[order], flat[order], 8)
    slowly = copy.deepcopy(peer)

    run = steps(net, loss(), SGD(net, 0.2 / slope_factor), x, y, 8, 1, rng=6)
    losses = np.array([value for _, value in run])

    peer.partial_fit(x[order], flat[order])
    sizes = [8] * 11 + [2]
    assert peer.loss_curve_[-1] * value_factor == pytest.approx(
        np.average(losses, weights=sizes), rel=1e-10
    )
    for layer, W, b in zip(net.layers[::2], peer.coefs_, peer.intercepts_, strict=True):
        np.testing.assert_allclose(layer.W, W, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(layer.b, b, rtol=1e-10, atol=1e-12)

    curve = []
    for i in range(0, 90, 8):
        batch = order[i : i + 8]
        slowly.set_params(batch_size=len(batch)).partial_fit(x[batch], flat[batch])
        curve.append(slowly.loss_curve_[-1] * value_factor)
    np.testing.assert_allclose(losses, curve, rtol=1e-10)


# ---- The learner's own classes ----


class OwnLinear:
    """No base class, no gradients(), no b: what a learner may hand in."""

    def __init__(self, n_in, n_out, rng):
        self.weights = rng.normal(size=(n_in, n_out))

    def forward(self, x):
        self.kept = x
        return x @ self.weights

    def backward(self, dout):
        self.slopes = self.kept.T @ dout
        return dout @ self.weights.T

    def parameters(self):
        yield "W", self.weights, self.slopes


class OwnCube:
    """A layer without parameters()."""

    def forward(self, x):
        self.kept = x
        return x**3

    def backward(self, dout):
        return dout * 3 * self.kept**2


class OwnNet:
    """A net without astype, predict and gradients()."""

    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, dout):
        for layer in reversed(self.layers):
            dout = layer.backward(dout)

    def parameters(self):
        for number, layer in enumerate(self.layers):
            for name, value, slope in getattr(layer, "parameters", tuple)():
                yield f"{name}{number}", value, slope


class OwnLoss:
    """The mean of (score - y)²."""

    def forward(self, scores, y):
        self.r = scores - y
        return float(np.mean(self.r**2))

    def backward(self):
        return 2 * self.r / self.r.size


class OwnOptimizer:
    def __init__(self, net):
        self.net = net

    def step(self):
        for _, value, slope in self.net.parameters():
            value -= 0.05 * slope


@pytest.mark.parametrize("net_class", [OwnNet, Net])
def test_own_classes_work_everywhere(net_class):
    rng = np.random.default_rng(0)
    net = net_class(OwnLinear(2, 4, rng), OwnCube(), OwnLinear(4, 1, rng))
    x = rng.normal(0, 0.5, size=(40, 2))
    y = x[:, :1] - x[:, 1:]
    assert check_gradients(net, OwnLoss(), x, y).verdict == "right"
    first = next(steps(net, OwnLoss(), OwnOptimizer(net), x, y, 40, 1, rng=0))
    history = train(net, OwnLoss(), OwnOptimizer(net), x, y, 8, 20, validation=(x, y), rng=0)
    assert history[-1].loss < 0.5 * first[1]
    assert history[-1].accuracy is None


def test_own_layers_go_with_those_of_mlpkit():
    rng = np.random.default_rng(0)
    net = Net(Linear(2, 4, rng), Tanh(), OwnLinear(4, 3, rng))
    x, y = rng.normal(size=(30, 2)), rng.integers(0, 3, 30)
    assert check_gradients(net, CrossEntropyLoss(), x, y).verdict == "right"
    history = train(net, CrossEntropyLoss(), SGD(net, 0.1), x.astype(np.float32), y, 5, 5, rng=0)
    assert history[-1].loss < history[0].loss
    assert {value.dtype for _, value, _ in net.parameters()} == {np.dtype(np.float32)}


@pytest.fixture
def lesson():
    """What a learner has written by the end of the lesson: all solutions, in one namespace."""
    names = {"np": np}
    for path in sorted(SOLUTIONS.glob("*.py")):
        exec(compile(path.read_text(encoding="utf-8"), path, "exec"), names)
    return SimpleNamespace(**names)


@pytest.mark.parametrize("bend", ["Tanh", "ReLU", "Sigmoid"])
@pytest.mark.parametrize("seed", range(5))
def test_what_the_lesson_lets_one_write_trains_to_the_same_numbers(lesson, bend, seed):
    case = classification(seed, bend=getattr(mlpkit, bend))
    bends = getattr(lesson, bend)
    rng = np.random.default_rng(seed)
    net = lesson.Net(lesson.Linear(4, 8, rng), bends(), lesson.Linear(8, 3, rng))
    loss, optimizer = lesson.CrossEntropyLoss(), lesson.SGD(net, 0.1)
    for own, layer in zip(net.layers[::2], case.net.layers[::2], strict=True):
        np.testing.assert_array_equal(own.W, layer.W)  # same rng, same weights

    losses = lesson.train(net, loss, optimizer, case.x, case.y, 5, 10, np.random.default_rng(1))

    history = train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 10, rng=1)
    np.testing.assert_allclose(losses, [epoch.loss for epoch in history], rtol=1e-12)
    assert_close(values(net), values(case.net), rtol=1e-11, atol=1e-13)
    np.testing.assert_array_equal(net.predict(case.x), case.net.predict(case.x))


@pytest.mark.parametrize("bend", ["Tanh", "ReLU", "Sigmoid"])
def test_what_the_lesson_lets_one_write_goes_into_mlpkit(lesson, bend):
    rng = np.random.default_rng(0)
    net = lesson.Net(lesson.Linear(4, 8, rng), getattr(lesson, bend)(), lesson.Linear(8, 3, rng))
    loss, twin = lesson.CrossEntropyLoss(), classification(bend=getattr(mlpkit, bend))
    assert check_gradients(net, loss, twin.x, twin.y).verdict == "right"
    history = train(net, loss, lesson.SGD(net, 0.1), twin.x, twin.y, 5, 3, rng=1)
    wanted = train(*twin[:2], SGD(twin.net, 0.1), twin.x, twin.y, 5, 3, rng=1)
    np.testing.assert_allclose([e.loss for e in history], [e.loss for e in wanted], rtol=1e-12)
    assert_close(values(net), values(twin.net), rtol=1e-11, atol=1e-13)


# ---- Bad input ----

X, Y = np.zeros((6, 4)), np.array([0, 1, 2, 0, 1, 2])
NAN, INF = X.copy(), X.copy()
NAN[5, 3], INF[5, 3] = np.nan, -np.inf

BAD_DATA = {
    "x of one dimension": (np.zeros(6), Y, r"x: expected shape .*got \(6,\)"),
    "x of three": (np.zeros((6, 2, 2)), Y, r"x: expected shape .*got \(6, 2, 2\)"),
    "x with other features": (np.zeros((6, 5)), Y, r"x: expected .*4\).*got \(.*5\)"),
    "x of strings": (np.full((6, 4), "a"), Y, "x: expected an array of numbers, got <U1"),
    "x of objects": (np.full((6, 4), None), Y, "x: expected an array of numbers, got object"),
    "x complex": (X.astype(complex), Y, "x: expected an array of numbers, got complex128"),
    "x empty": (np.zeros((0, 4)), np.zeros(0, int), r"x: expected .*got \(0, 4\)"),
    "x without features": (np.zeros((6, 0)), Y, r"x: expected .*got \(6, 0\)"),
    "x with nan": (NAN, Y, "x: expected finite numbers, got"),
    "x with inf": (INF, Y, "x: expected finite numbers, got"),
    "x none": (None, Y, "x: expected"),
    "y too short": (X, Y[1:], r"y: expected .*6.*got \(5,\)"),
    "y a number": (X, 1, r"y: expected .*got \(\)"),
    "y of strings": (X, np.full(6, "a"), "y: expected an array of numbers, got <U1"),
    "y with nan": (X, np.array([0, 1, np.nan, 0, 1, 2]), "y: expected finite numbers, got"),
    "y of floats": (X, Y.astype(float), "y: expected an array of whole numbers, got float64"),
    "y of two dimensions": (X, Y[:, None], r"y: expected .*got \(.*, 1\)"),
    "y none": (X, None, "y: expected"),
}


@pytest.mark.parametrize("bad", [0, -1, 2.5, "4", None, np.nan, True, [4]])
@pytest.mark.parametrize("argument", ["batch_size", "epochs"])
@pytest.mark.parametrize("function", [steps, train])
def test_bad_counts_are_refused_before_anything_changes(function, argument, bad):
    case = classification()
    before = values(case.net)
    counts = {"batch_size": 5, "epochs": 1} | {argument: bad}
    if argument == "epochs" and bad is None:
        return
    with pytest.raises((ValueError, TypeError), match=f"{argument}.*: expected whole numbers"):
        list(function(*case[:2], SGD(case.net, 0.1), case.x, case.y, **counts))
    assert_same(values(case.net), before)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("kind", BAD_DATA)
@pytest.mark.parametrize("function", [steps, train])
def test_bad_data_are_refused_before_anything_changes(function, kind, dtype):
    x, y, message = BAD_DATA[kind]
    if isinstance(x, np.ndarray) and x.dtype == np.float64:
        x = x.astype(dtype)
    case = classification()
    before = values(case.net)
    with pytest.raises((ValueError, TypeError), match=message):
        list(function(case.net, case.loss, SGD(case.net, 0.1), x, y, batch_size=2, epochs=1))
    assert_same(values(case.net), before)


@pytest.mark.parametrize("label", [3, -1])
@pytest.mark.parametrize("function", [steps, train])
def test_a_label_out_of_range_anywhere_is_refused_before_anything_changes(function, label):
    case = classification(samples=200)
    case.y[137] = label
    before = values(case.net)
    with pytest.raises(ValueError, match=f"y: expected labels .*{label}"):
        list(function(*case[:2], SGD(case.net, 0.1), case.x, case.y, batch_size=2, epochs=1, rng=0))
    assert_same(values(case.net), before)


@pytest.mark.parametrize(
    ("validation", "message"),
    [
        ((X, Y[1:]), "y: expected"),
        ((X[:, 1:], Y), "x: expected"),
        ((NAN, Y), "x: expected finite"),
        ((X, Y + 1), "y: expected labels"),
        ((X, Y.astype(float)), "y: expected an array of whole numbers"),
        ((X[:0], Y[:0]), "x: expected"),
        (X, "validation: expected"),
        ((X, Y, X), "validation: expected"),
        (3, "validation: expected"),
    ],
)
def test_bad_validation_data_are_refused_before_anything_changes(validation, message):
    case = classification()
    before = values(case.net)
    with pytest.raises((ValueError, TypeError), match=message):
        train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 1, validation)
    assert_same(values(case.net), before)


@pytest.mark.parametrize("function", [steps, train])
def test_regression_targets_of_another_shape_are_refused_before_anything_changes(function):
    net = Net(Linear(4, 1, rng=0))
    before = values(net)
    with pytest.raises(ValueError, match="y: expected the scores' shape"):
        list(function(net, SquaredLoss(), SGD(net, 0.1), X.astype(np.float32), Y, 2, 1))
    assert_same(values(net), before)


OTHERS = "optimizer: expected one made for this"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"x": X[0]}, "x: expected shape (samples, features), got (4,)"),
        ({"y": Y[1:]}, "y: expected an entry for each of 6 samples, got (5,)"),
        ({"x": NAN}, "x: expected finite numbers, got nan or inf too"),
        ({"y": Y + np.nan}, "y: expected finite numbers, got nan or inf too"),
        ({"x": X.astype(complex)}, "x: expected an array of numbers, got complex128"),
        ({"optimizer": SGD(Net(Linear(4, 3)), 0.1)}, f"{OTHERS} net, got another's"),
        ({"optimizer": Adam(Net(Linear(4, 3)), 0.1)}, f"{OTHERS} net, got another's"),
        ({"batch_size": 0}, "batch_size, epochs: expected whole numbers above 0, got [0, 1]"),
        ({"epochs": 2.5}, "batch_size, epochs: expected whole numbers above 0, got [5, 2.5]"),
        ({"validation": 3}, "validation: expected (x, y) or None, got <class 'int'>"),
        ({"validation": (X,)}, "validation: expected (x, y) or None, got <class 'tuple'>"),
    ],
)
def test_an_error_says_in_one_sentence_what_was_expected_and_what_came(changed, sentence):
    case = classification()
    own = {"optimizer": SGD(case.net, 0.1)}
    settings = own | {"x": X, "y": Y, "batch_size": 5, "epochs": 1} | changed
    with pytest.raises(ValueError) as caught:
        train(case.net, case.loss, **settings)
    assert str(caught.value) == sentence


def test_the_defaults_of_train_are_10_epochs_in_batches_of_32():
    batches, net, loss = [], Net(Linear(4, 3, rng=0)), CrossEntropyLoss()
    optimizer = SimpleNamespace(step=lambda: batches.append(len(loss.backward())))
    history = train(net, loss, optimizer, np.ones((70, 4)), np.zeros(70, int))
    assert [epoch.number for epoch in history] == list(range(1, 11))
    assert batches == [32, 32, 6] * 10


@pytest.mark.parametrize("kind", [list, tuple])
def test_validation_may_be_a_list_or_a_tuple(kind):
    case = classification()
    held_out = kind([case.x, case.y])
    [epoch] = train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 1, held_out)
    assert epoch.val_loss == pytest.approx(case.value())
    assert epoch.val_accuracy == epoch.accuracy


def test_x_of_truth_values_becomes_numbers():
    case = classification()
    x = case.x > 0
    [epoch] = train(*case[:2], SGD(case.net, 0.1), x, case.y, 5, 1)
    assert np.isfinite(epoch.loss) and case.net.layers[0].W.dtype == np.float64


@pytest.mark.parametrize("kind", [np.uint8, np.int8, np.int64])
def test_labels_of_any_whole_type_give_an_accuracy(kind):
    case = classification()
    [epoch] = train(*case[:2], SGD(case.net, 0.1), case.x, case.y.astype(kind), 5, 1)
    assert epoch.accuracy == accuracy(case.net.forward(case.x), case.y)


def test_a_net_that_overflows_at_once_is_stopped_without_a_warning():
    net, x, y = Net(Linear(4, 1, rng=0)), X + 1e200, Y[:, None]
    history = train(net, SquaredLoss(), SGD(net, 0.1), x, y, 6, 5, validation=(x, y))
    assert history.stopped == "epoch 1: the loss is inf; a smaller lr may help"
    assert len(history) == 1 and not np.isfinite(history[0].val_loss)


def test_training_never_asks_for_the_dx_of_the_first_layer():
    class Spared(Linear):
        def backward(self, dout):
            raise AssertionError("dx was asked for")

    net = Net(Spared(4, 3, rng=0))
    before = values(net)
    train(net, CrossEntropyLoss(), SGD(net, 0.1), X + 1, Y, epochs=1)
    assert not np.array_equal(net.layers[0].W, before["W1"])


def test_train_measures_lists_as_it_measures_arrays():
    case, other = classification(), classification()
    wanted = train(*case[:2], SGD(case.net, 0.1), case.x, case.y, 5, 2, rng=0)
    x, y = other.x.tolist(), other.y.tolist()
    assert train(*other[:2], SGD(other.net, 0.1), x, y, 5, 2, rng=0) == wanted
