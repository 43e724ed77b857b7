"""Central differences agree with every gradient, and a gradient that is slightly off is caught."""

from typing import NamedTuple

import numpy as np
import pytest
from nets import LAYERS, LOSSES, Case, assert_same, classification, random_case, values

from mlpkit import (
    AbsoluteLoss,
    CrossEntropyLoss,
    Linear,
    Net,
    ReLU,
    SquaredLoss,
    Tanh,
    check_gradients,
)

SEEDS = range(3000, 3520)
H = 1e-5
OFF = 1.0001


class Input:
    """A layer that hands out x whatever comes, so that dx can be checked like a parameter."""

    def __init__(self, x):
        self.x, self.dx = x.copy(), np.zeros_like(x)

    def forward(self, _):
        return self.x

    def backward(self, dout):
        self.dx = dout
        return dout

    def parameters(self):
        yield "x", self.x, self.dx


class Slopes(NamedTuple):
    """What nudging one array has given: the slopes, and which of them no kink spoils."""

    slopes: np.ndarray
    smooth: np.ndarray


def sides(case):
    """Return on which side of the kink each number stands that enters a kinked function."""
    x, found = case.x, []
    for layer in case.net.layers:
        if isinstance(layer, ReLU):
            found.append(x.ravel() > 0)
        x = layer.forward(x)
    if type(case.loss).__name__ == "AbsoluteLoss":
        found.append((x - case.y).ravel() > 0)
    return np.concatenate([np.empty(0, bool), *found])


def nudge(case, array):
    """Return the Slopes of the loss in each number of `array`, by central differences."""
    slopes, smooth = np.empty(array.shape), np.empty(array.shape, bool)
    for at in np.ndindex(array.shape):
        before = array[at]
        array[at] = before + H
        above, sides_above = case.value(), sides(case)
        array[at] = before - H
        below, sides_below = case.value(), sides(case)
        array[at] = before
        slopes[at] = (above - below) / (2 * H)
        smooth[at] = (sides_above == sides_below).all()
    return Slopes(slopes, smooth)


def test_gradients_of_all_layers_and_losses_equal_central_differences():
    numbers = kinks = 0
    for seed in SEEDS:
        case = random_case(seed)
        gradients = {**case.gradients(), "x": case.backward()}
        arrays = {**{name: value for name, value, _ in case.net.parameters()}, "x": case.x}
        for name, array in arrays.items():
            found = nudge(case, array)
            a, n = gradients[name][found.smooth], found.slopes[found.smooth]
            np.testing.assert_allclose(a, n, rtol=1e-5, atol=1e-7, err_msg=f"{seed} {name}")
            norms = np.linalg.norm(a) + np.linalg.norm(n)
            assert np.linalg.norm(a - n) <= 1e-7 * max(norms, 0.01), (seed, name)
            numbers, kinks = numbers + array.size, kinks + (~found.smooth).sum()
    assert numbers > 10_000
    assert kinks <= numbers / 100


def test_the_random_nets_contain_every_layer_and_loss():
    cases = [random_case(seed) for seed in SEEDS]
    assert len(cases) >= 500
    assert {type(layer) for case in cases for layer in case.net.layers} == set(LAYERS)
    assert {type(case.loss) for case in cases} == set(LOSSES)


def test_check_gradients_finds_all_random_nets_right():
    skipped = numbers = 0
    for seed in SEEDS:
        case = random_case(seed)
        net = Net(Input(case.x), *case.net.layers)
        report = check_gradients(net, case.loss, case.x, case.y)
        assert report.verdict == "right", (seed, report)
        assert report.worst == max(report.per_parameter.values()) < 1e-7
        skipped += report.skipped
        numbers += sum(value.size for _, value, _ in net.parameters())
    assert skipped <= numbers / 100


# ---- Faults: planted in a layer or a loss, one at a time ----


class Wrong:
    """A layer whose parameter gradient, or dx, is off by a factor."""

    def __init__(self, layer, what, factor=OFF):
        self.layer, self.what, self.factor = layer, what, factor

    def forward(self, x):
        return self.layer.forward(x)

    def backward(self, dout):
        dx = self.layer.backward(dout)
        return dx * self.factor if self.what == "x" else dx

    def parameters(self):
        for name, value, gradient in getattr(self.layer, "parameters", list)():
            yield name, value, gradient * self.factor if name == self.what else gradient


class WrongLoss:
    """A loss whose gradient is off by a factor."""

    def __init__(self, loss, factor=OFF):
        self.loss, self.factor = loss, factor

    def forward(self, scores, y):
        return self.loss.forward(scores, y)

    def backward(self):
        return self.loss.backward() * self.factor


def sound(layer):
    """Return the Case Linear, `layer`, Linear, cross-entropy with 12 samples."""
    rng = np.random.default_rng(5)
    middle = Linear(4, 4, rng) if layer is Linear else layer()
    net = Net(Linear(3, 4, rng), middle, Linear(4, 3, rng))
    return Case(net, CrossEntropyLoss(), rng.normal(size=(12, 3)), rng.integers(0, 3, 12))


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("factor", [OFF, 2 - OFF, -1.0, 2.0, 0.0])
def test_a_wrong_dx_of_any_layer_is_caught(layer, factor):
    net, loss, x, y = sound(layer)
    assert check_gradients(net, loss, x, y).verdict == "right"
    net.layers[1] = Wrong(net.layers[1], "x", factor)
    report = check_gradients(net, loss, x, y)
    assert report.verdict == "wrong"
    above, below = report.per_parameter["W2"], report.per_parameter["W1"]
    assert (below if layer is not Linear else report.per_parameter["b1"]) > 1e-5
    assert above < 1e-7


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize("what", ["W", "b"])
@pytest.mark.parametrize("factor", [OFF, 2 - OFF, -1.0, 2.0, 0.0])
def test_a_wrong_gradient_of_any_parameter_is_caught_and_named(place, what, factor):
    net, loss, x, y = sound(Linear)
    net.layers[place] = Wrong(net.layers[place], what, factor)
    report = check_gradients(net, loss, x, y)
    assert report.verdict == "wrong"
    caught = [name for name, error in report.per_parameter.items() if error > 1e-7]
    assert caught == [f"{what}{place + 1}"]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_wrong_gradient_of_any_loss_is_caught(loss):
    rng = np.random.default_rng(1)
    outputs = 1 if loss.__name__ == "LogisticLoss" else 3
    net, x = Net(Linear(2, outputs, rng)), rng.normal(size=(9, 2))
    labels = loss.__name__ in ("LogisticLoss", "CrossEntropyLoss")
    y = rng.integers(0, 2, 9) if labels else rng.normal(size=(9, outputs))
    assert check_gradients(net, loss(), x, y).verdict == "right"
    assert check_gradients(net, WrongLoss(loss()), x, y).verdict == "wrong"


@pytest.mark.parametrize("seed", SEEDS[:60])
def test_every_wrong_parameter_of_random_nets_is_caught(seed):
    net, loss, x, y = random_case(seed)
    right = Case(net, loss, x, y).gradients()
    for place, layer in enumerate(net.layers):
        number = sum(isinstance(below, Linear) for below in net.layers[: place + 1])
        for name, _, _ in list(getattr(layer, "parameters", list)()):
            if np.linalg.norm(right[f"{name}{number}"]) < 1e-3:
                continue  # too small to matter, and to be told from rounding
            faulty = [*net.layers]
            faulty[place] = Wrong(layer, name)
            assert check_gradients(Net(*faulty), loss, x, y).verdict != "right", name


@pytest.mark.parametrize("what", ["W", "b"])
@pytest.mark.parametrize("number", [np.nan, np.inf])
def test_a_gradient_that_is_no_number_is_not_right(what, number):
    net, loss, x, y = sound(Tanh)
    net.layers[0] = Wrong(net.layers[0], what, number)
    assert check_gradients(net, loss, x, y).verdict == "wrong"


def test_a_gradient_that_forgets_the_mean_over_the_batch_is_wrong():
    net, loss, x, y = sound(Tanh)
    assert check_gradients(net, WrongLoss(loss, len(x)), x, y).verdict == "wrong"


def test_a_tiny_error_is_suspicious():
    net, loss, x, y = sound(Tanh)
    net.layers[0] = Wrong(net.layers[0], "W", 1 + 3e-6)
    assert check_gradients(net, loss, x, y).verdict == "suspicious"


# ---- Kinks ----


def test_a_kink_between_the_nudges_is_skipped_and_counted():
    net = Net(Linear(1, 1), ReLU())
    net.layers[0].W[:], net.layers[0].b[:] = 1.0, 2e-6
    x, y = np.array([[0.0], [1.0]]), np.array([[3.0], [5.0]])
    report = check_gradients(net, SquaredLoss(), x, y)
    assert report.skipped == 1  # b: nudged by 1e-5, the first sample's number changes its sign
    assert report.per_parameter["W1"] < 1e-7


def test_a_net_that_stands_on_kinks_is_not_called_right():
    net = Net(Linear(3, 4, rng=0), ReLU())
    net.layers[0].W[:] = 0.0
    x = np.random.default_rng(0).normal(size=(5, 3))
    report = check_gradients(net, SquaredLoss(), x, np.ones((5, 4)))
    assert report.skipped == 16
    assert report.verdict != "right"


# ---- What it leaves behind ----


def test_the_parameters_are_left_untouched():
    case = classification()
    before, arrays = values(case.net), [value for _, value, _ in case.net.parameters()]
    check_gradients(*case)
    assert_same(values(case.net), before)
    for old, (_, new, _) in zip(arrays, case.net.parameters(), strict=True):
        assert new is old


class Breaks(CrossEntropyLoss):
    """A loss that raises at the given call of forward."""

    def __init__(self, at):
        self.left = at

    def forward(self, scores, y):
        self.left -= 1
        if self.left < 0:
            raise RuntimeError("broken")
        return super().forward(scores, y)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 40])
def test_the_parameters_are_left_untouched_when_something_raises(at):
    case = classification()
    before = values(case.net)
    with pytest.raises(RuntimeError, match=r"broken"):
        check_gradients(case.net, Breaks(at), case.x, case.y)
    assert_same(values(case.net), before)


def test_the_batch_is_left_untouched():
    case = classification()
    x, y = case.x.copy(), case.y.copy()
    check_gradients(*case)
    np.testing.assert_array_equal(case.x, x)
    np.testing.assert_array_equal(case.y, y)


# ---- Bad input ----


def test_float32_parameters_are_refused_by_name():
    case = classification()
    case.net.astype(np.float32)
    with pytest.raises(ValueError, match=r"W1: expected float64, .*got float32"):
        check_gradients(case.net, case.loss, case.x.astype(np.float32), case.y)


def test_a_gradient_of_another_shape_is_refused_by_name():
    case = classification()

    class Transposed(Linear):
        def parameters(self):
            yield "W", self.W, self.dW.T
            yield "b", self.b, self.db

    case.net.layers[0] = Transposed(4, 8, rng=0)
    with pytest.raises(ValueError, match=r"dW1: expected \(4, 8\), got \(8, 4\)"):
        check_gradients(*case)


def test_bad_batches_are_refused():
    case = classification()
    before = values(case.net)
    with pytest.raises(ValueError, match=r"x: expected"):
        check_gradients(case.net, case.loss, case.x[:, 1:], case.y)
    with pytest.raises(ValueError, match=r"y: expected"):
        check_gradients(case.net, case.loss, case.x, case.y[1:])
    assert_same(values(case.net), before)


@pytest.mark.parametrize("h", [0, -1e-5, np.nan, np.inf, "1e-5", None])
def test_a_step_that_is_not_above_0_is_refused(h):
    case = classification()
    with pytest.raises(ValueError, match="h: expected a number above 0, got"):
        check_gradients(case.net, case.loss, case.x, case.y, h=h)


def test_an_error_says_in_one_sentence_what_was_expected_and_what_came():
    case = classification()
    with pytest.raises(ValueError) as caught:
        check_gradients(*case, h=0)
    assert str(caught.value) == "h: expected a number above 0, got 0"
    case.net.layers[0].W = case.net.layers[0].W.astype(np.float32)
    with pytest.raises(ValueError) as caught:
        check_gradients(*case)
    assert str(caught.value) == "W1: expected float64, to nudge it finely, got float32"


# ---- What the report says, to the border ----


class Given:
    """A layer that hands out its own numbers; their gradient is what the test says."""

    def __init__(self, numbers, gradient):
        self.numbers, self.gradient = np.array(numbers, float), np.array(gradient, float)

    def forward(self, _):
        return self.numbers[None].copy()

    def backward(self, dout):
        return dout

    def parameters(self):
        yield "w", self.numbers, self.gradient


class Weighed:
    """A loss that is the sum of the scores, each times its y: its slopes, exactly, are y."""

    def forward(self, scores, y):
        return float((scores * y).sum())

    def backward(self):
        return np.ones(1)


def report_on(gradient, slopes, numbers=None):
    """What check_gradients says of a gradient where the true one is `slopes`."""
    numbers = np.full(len(slopes), 4.0) if numbers is None else numbers
    net = Net(Given(numbers, gradient))
    return check_gradients(net, Weighed(), np.zeros((1, 1)), np.array(slopes), h=0.5)


@pytest.mark.parametrize(
    ("gradient", "slopes", "error"),
    [
        ([1.1], [1.0], 0.1 / 2.1),  # the distance by the sum of the norms
        ([3.3, 4.4], [3.0, 4.0], 0.5 / 10.5),
        ([0.001], [0.0], 0.1),  # a sum of norms below 0.01 counts as 0.01
        ([1000.0], [0.0], 1000.0),  # each number by 1 and 100 times its slope
        ([1001.0], [-1.0], 1002 / 101),
        ([-2.0], [-2.0], 0.0),
    ],
)
def test_the_error_is_what_one_computes_by_hand(gradient, slopes, error):
    report = report_on(gradient, slopes)
    assert report.per_parameter == {"w1": pytest.approx(error, rel=1e-12)}
    assert report.worst == report.per_parameter["w1"]
    assert report.skipped == 0


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        (0.0, "right"),
        (1.9e-7, "right"),
        (2.1e-7, "suspicious"),
        (1.9e-5, "suspicious"),
        (2.1e-5, "wrong"),
        (1.0, "wrong"),
        (np.nan, "wrong"),
    ],
)
def test_the_verdict_changes_at_1e_7_and_1e_5(off, verdict):
    assert report_on([1.0 + off], [1.0]).verdict == verdict


@pytest.mark.parametrize(("error", "verdict"), [(1e-7, "suspicious"), (1e-5, "wrong")])
def test_an_error_of_exactly_the_limit_is_beyond_it(error, verdict):
    report = report_on([error, 10.0], [0.0, 10.0])
    assert (report.worst, report.verdict) == (error, verdict)


@pytest.mark.parametrize(
    ("kinks", "numbers", "verdict"),
    [
        (0, 3, "right"),
        (1, 3, "right"),  # one may always be skipped
        (2, 3, "suspicious"),
        (2, 199, "suspicious"),
        (2, 200, "right"),  # one in a hundred
        (3, 299, "suspicious"),
        (3, 300, "right"),
    ],
)
def test_one_number_or_1_in_100_may_be_skipped(kinks, numbers, verdict):
    gradient = [2.0] * kinks + [1.0] * (numbers - kinks)
    report = report_on(gradient, np.ones(numbers), [0.0] * kinks + [4.0] * (numbers - kinks))
    assert (report.skipped, report.verdict) == (kinks, verdict)


@pytest.mark.parametrize(
    ("gradient", "slope", "skipped"),
    [
        (1.00001, 1.0, 0),
        (1.0000102, 1.0, 1),
        (1.00001010005, 1.0, 1),  # 5 digits of the slope, not of the gradient
        (9.9e-8, 0.0, 0),
        (1.01e-7, 0.0, 1),
        (-1.0, 1.0, 1),
    ],
)
def test_what_lies_at_a_possible_kink_is_skipped_only_if_it_disagrees(gradient, slope, skipped):
    assert report_on([gradient], [slope], [0.0]).skipped == skipped
    assert report_on([gradient], [slope], [4.0]).skipped == 0


def test_numbers_of_a_smooth_net_that_change_their_sign_are_compared_like_all_others():
    net = Net(Linear(2, 3, rng=0), Tanh(), Linear(3, 2, rng=1))
    net.layers[2].b[:] = [3e-6, -4e-6]
    report = check_gradients(net, SquaredLoss(), np.zeros((1, 2)), np.ones((1, 2)))
    assert (report.verdict, report.skipped) == ("right", 0)


@pytest.mark.parametrize(("net", "loss"), [((ReLU(),), SquaredLoss()), ((), AbsoluteLoss())])
def test_a_nudge_that_ends_on_a_kink_does_not_cross_it(net, loss):
    linear = Linear(1, 1)
    linear.W[:], linear.b[:] = 1.0, -0.5
    x, y = np.zeros((1, 1)), np.zeros((1, 1))
    report = check_gradients(Net(linear, *net), loss, x, y, h=0.5)
    assert (report.verdict, report.skipped) == ("right", 0)


def test_a_wrong_gradient_is_not_excused_by_a_nudge_that_ends_on_a_kink():
    assert report_on([2.0], [1.0], [-0.5]).verdict == "wrong"
    net, x, y = Net(Given([3.5], [2.0])), np.zeros((1, 1)), np.full((1, 1), 4.0)
    assert check_gradients(net, AbsoluteLoss(), x, y, h=0.5).verdict == "wrong"


def test_numbers_of_two_parameters_are_counted_together():
    net = Net(Linear(1, 1), ReLU(), Linear(1, 1), ReLU())
    for linear in (net.layers[0], net.layers[2]):
        linear.W[:], linear.b[:] = 1.0, 0.0
    report = check_gradients(net, SquaredLoss(), np.zeros((1, 1)), np.ones((1, 1)))
    assert report.skipped == 2 and list(report.per_parameter) == ["W1", "b1", "W2", "b2"]


def test_without_h_the_nudge_is_1e_5():
    asked = []

    class Listens(Weighed):
        def forward(self, scores, y):
            asked.append(scores.item())
            return super().forward(scores, y)

    check_gradients(Net(Given([0.0], [1.0])), Listens(), np.zeros((1, 1)), np.ones(1))
    assert asked == [0.0, 1e-5, -1e-5]


def test_a_kink_of_the_loss_is_skipped_in_a_batch_too():
    net = Net(Linear(1, 1))
    net.layers[0].W[:], net.layers[0].b[:] = 1.0, 1.0
    x, y = np.array([[0.0], [1.0]]), np.array([[1.0 - 2e-6], [5.0]])
    report = check_gradients(net, AbsoluteLoss(), x, y)
    assert (report.verdict, report.skipped) == ("right", 1)
