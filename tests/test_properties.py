"""What holds for every input, not only for the examples: hypothesis looks for one that breaks it.

The examples are the same in every run of the tests; `make properties` draws ten times as many new
ones. What was found once stays as an @example.
"""

import copy
import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nets import LAYERS

from mlpkit import (
    SGD,
    AbsoluteLoss,
    Adam,
    CrossEntropyLoss,
    Linear,
    LogisticLoss,
    Net,
    ReLU,
    Sigmoid,
    Softmax,
    SquaredLoss,
    Tanh,
    accuracy,
    check_gradients,
    checks,
    data,
    interop,
    plots,
    quizzes,
    steps,
    train,
    zero_one_loss,
)
from mlpkit.plots.graph import computed
from mlpkit.plots.picture import nice_limits
from mlpkit.plots.words import number
from mlpkit.quizzes import judge as quiz_judge
from mlpkit.quizzes.questions import FOLDER, read
from mlpkit.widgets.draw_digit import as_mnist

BENDS = [Tanh, ReLU, Sigmoid, Softmax]
EXAMPLES = {}  # name of a property -> how many examples it tries
SEEDS = st.integers(0, 2**32 - 1)
COUNTS = st.integers(1, 6)
UNIT = st.floats(-1, 1, allow_subnormal=False)


def holds(examples=600, **strategies):
    """Make a test of a property, tried on so many examples (by `make properties`: ten times)."""

    def decorate(function):
        EXAMPLES[function.__name__] = examples
        tried = examples * settings.default.max_examples // 100
        return settings(max_examples=tried)(given(**strategies)(function))

    return decorate


def numbers(rows, columns, size=10.0):
    """Arrays (rows, columns) of numbers from -size to size."""
    return arrays(float, (rows, columns), elements=st.floats(-size, size, allow_subnormal=False))


def batches(size=10.0, columns=COUNTS):
    """Arrays of 1 to 6 rows and columns."""
    return st.tuples(COUNTS, columns).flatmap(lambda shape: numbers(*shape, size))


@st.composite
def scored(draw, size=10.0, least=1):
    """Scores (n, classes) and labels (n,)."""
    scores = draw(batches(size, st.integers(least, 6)))
    n, classes = scores.shape
    return scores, draw(arrays(np.int64, n, elements=st.integers(0, classes - 1)))


@st.composite
def pairs(draw, size=10.0):
    """Two arrays of one shape."""
    first = draw(batches(size))
    return first, draw(numbers(*first.shape, size))


@st.composite
def problems(draw, bends=BENDS[:3], dtype=float):
    """A net of 1 to 3 Linear layers, a loss, and a batch x, y for them."""
    rng = np.random.default_rng(draw(SEEDS))
    sizes = draw(st.lists(COUNTS, min_size=2, max_size=4))
    layers = []
    for n_in, n_out in itertools.pairwise(sizes):
        layers += [Linear(n_in, n_out, rng), draw(st.sampled_from(bends))()]
    n, kind = draw(COUNTS), draw(st.sampled_from([SquaredLoss, CrossEntropyLoss]))
    y = rng.normal(size=(n, sizes[-1]))
    y = rng.integers(0, sizes[-1], n) if kind is CrossEntropyLoss else y
    return Net(*layers[:-1]), kind(), rng.normal(size=(n, sizes[0])).astype(dtype), y


def gradients(net, loss, x, y):
    """Return the gradients of all parameters, as copies."""
    loss.forward(net.forward(x), y)
    net.backward(loss.backward())
    return [gradient.copy() for _, _, gradient in net.parameters()]


def values(net):
    """Return all parameters, as copies."""
    return [value.copy() for _, value, _ in net.parameters()]


def same(one, other):
    """Whether two lists of arrays are equal bit for bit, types included."""
    pairs_of = zip(one, other, strict=True)
    return all(a.dtype == b.dtype and a.tobytes() == b.tobytes() for a, b in pairs_of)


def made(layer, n_in):
    """A layer for n_in numbers a sample."""
    return layer(n_in, 3, rng=0) if layer is Linear else layer()


# ---- layers ----


@holds(1500, x=batches(700.0))
def test_softmax_rows_are_probabilities(x):
    p = Softmax().forward(x)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)


@holds(1000, x=batches(100.0), shift=st.floats(-1000, 1000))
def test_softmax_does_not_see_a_shift_of_all_scores(x, shift):
    np.testing.assert_allclose(Softmax().forward(x + shift), Softmax().forward(x), atol=1e-12)


@holds(600, x=batches(100.0))
def test_softmax_keeps_the_order_of_the_scores(x):
    p = Softmax().forward(x)
    order = np.argsort(x, axis=1)
    assert (np.diff(np.take_along_axis(p, order, axis=1), axis=1) >= 0).all()


@holds(600, pair=pairs())
def test_softmax_backward_sums_to_0_in_each_row(pair):
    layer = Softmax()
    layer.forward(pair[0])
    np.testing.assert_allclose(layer.backward(pair[1]).sum(axis=1), 0, atol=1e-13)


@holds(600, x=batches(1000.0))
def test_sigmoid_is_point_symmetric_and_tanh_is_odd(x):
    np.testing.assert_allclose(Sigmoid().forward(-x), 1 - Sigmoid().forward(x), atol=1e-15)
    np.testing.assert_array_equal(Tanh().forward(-x), -Tanh().forward(x))


@holds(600, x=batches(1000.0))
def test_sigmoid_is_tanh_of_half_stretched(x):
    np.testing.assert_allclose(2 * Sigmoid().forward(x) - 1, Tanh().forward(x / 2), atol=1e-15)


@holds(600, x=batches(), factor=st.floats(0, 100))
def test_relu_stretches_with_its_input_and_does_nothing_twice(x, factor):
    a = ReLU().forward(x)
    np.testing.assert_allclose(ReLU().forward(factor * x), factor * a, rtol=1e-15)
    np.testing.assert_array_equal(ReLU().forward(a), a)


@holds(800, layer=st.sampled_from(LAYERS), x=batches(), seed=SEEDS)
def test_backward_shapes_are_forward_shapes(layer, x, seed):
    one = made(layer, x.shape[1])
    out = one.forward(x)
    assert one.backward(np.random.default_rng(seed).normal(size=out.shape)).shape == x.shape
    for _, value, gradient in Net(one).parameters():
        assert value.shape == gradient.shape


@holds(800, layer=st.sampled_from(LAYERS), x=batches(), seed=SEEDS)
def test_no_layer_changes_x_or_dout(layer, x, seed):
    one, before = made(layer, x.shape[1]), x.copy()
    dout = np.random.default_rng(seed).normal(size=one.forward(x).shape)
    kept = dout.copy()
    one.backward(dout)
    assert same([x, dout], [before, kept])


@holds(600, layer=st.sampled_from(LAYERS), x=batches(), seed=SEEDS)
def test_backward_is_linear_in_dout(layer, x, seed):
    one, rng = made(layer, x.shape[1]), np.random.default_rng(seed)
    first, second = rng.normal(size=(2, *one.forward(x).shape))
    together = one.backward(first + 2 * second)
    apart = one.backward(first) + 2 * one.backward(second)
    np.testing.assert_allclose(together, apart, atol=1e-12)


@holds(600, layer=st.sampled_from(LAYERS), x=batches(), seed=SEEDS)
def test_samples_of_a_batch_do_not_see_each_other(layer, x, seed):
    order = np.random.default_rng(seed).permutation(len(x))
    one = made(layer, x.shape[1])
    np.testing.assert_allclose(one.forward(x)[order], one.forward(x[order]), rtol=1e-13, atol=1e-15)


@holds(600, pair=pairs())
def test_linear_is_linear_but_for_b(pair):
    layer = Linear(pair[0].shape[1], 3, rng=0)
    layer.b[:] = 1.0
    whole = layer.forward(pair[0] + pair[1])
    parts = layer.forward(pair[0]) + layer.forward(pair[1]) - layer.b
    np.testing.assert_allclose(whole, parts, atol=1e-12)


@holds(400, n_in=COUNTS, n_out=COUNTS, seed=SEEDS)
def test_the_same_seed_gives_the_same_weights(n_in, n_out, seed):
    one, other = (Linear(n_in, n_out, s) for s in (seed, np.random.default_rng(seed)))
    assert same([one.W, one.b], [other.W, other.b])


# ---- losses ----


@holds(800, pair=scored(700.0))
def test_cross_entropy_is_at_least_0_and_its_gradient_sums_to_0_in_a_row(pair):
    loss = CrossEntropyLoss()
    assert loss.forward(*pair) >= 0
    np.testing.assert_allclose(loss.backward().sum(axis=1), 0, atol=1e-14)


@holds(600, pair=scored(100.0), shift=st.floats(-1000, 1000))
def test_cross_entropy_does_not_see_a_shift_of_all_scores(pair, shift):
    scores, y = pair
    value = CrossEntropyLoss().forward(scores, y)
    assert math.isclose(CrossEntropyLoss().forward(scores + shift, y), value, abs_tol=1e-11)


@holds(600, pair=scored(20.0))
def test_cross_entropy_is_minus_the_logarithm_of_softmax(pair):
    scores, y = pair
    p = Softmax().forward(scores)[np.arange(len(y)), y]
    value = CrossEntropyLoss().forward(scores, y)
    assert math.isclose(value, -np.log(p).mean(), rel_tol=1e-12, abs_tol=1e-14)


@holds(600, pair=scored(700.0))
def test_the_gradient_of_cross_entropy_is_p_minus_y_over_n(pair):
    scores, y = pair
    loss = CrossEntropyLoss()
    loss.forward(scores, y)
    wanted = (Softmax().forward(scores) - np.eye(scores.shape[1])[y]) / len(y)
    np.testing.assert_allclose(loss.backward(), wanted, atol=1e-14)


@holds(600, scores=batches(700.0, st.just(1)), seed=SEEDS)
def test_logistic_loss_mirrored_is_the_loss_of_the_other_labels(scores, seed):
    y = np.random.default_rng(seed).integers(0, 2, len(scores))
    one, other = LogisticLoss(), LogisticLoss()
    value = one.forward(scores, y)
    assert math.isclose(other.forward(-scores, 1 - y), value, rel_tol=1e-12, abs_tol=1e-14)
    np.testing.assert_allclose(one.backward(), -other.backward(), atol=1e-15)


@holds(600, kind=st.sampled_from([SquaredLoss, AbsoluteLoss]), pair=pairs())
def test_regression_losses_are_at_least_0_and_symmetric(kind, pair):
    scores, y = pair
    value = kind().forward(scores, y)
    assert value >= 0 and kind().forward(y, scores) == value
    assert kind().forward(scores, scores) == 0


@holds(600, pair=pairs())
def test_the_squared_loss_lies_above_its_tangent(pair):
    scores, target = pair
    loss = SquaredLoss()
    value = loss.forward(scores, 0 * scores)
    tangent = value + (loss.backward() * (target - scores)).sum()
    assert SquaredLoss().forward(target, 0 * scores) >= tangent - 1e-10


@holds(600, pair=scored(50.0), seed=SEEDS)
def test_the_order_of_a_batch_leaves_the_loss_and_moves_its_gradient_along(pair, seed):
    scores, y = pair
    order = np.random.default_rng(seed).permutation(len(y))
    one, other = CrossEntropyLoss(), CrossEntropyLoss()
    value = one.forward(scores, y)
    assert math.isclose(other.forward(scores[order], y[order]), value, rel_tol=1e-13, abs_tol=1e-15)
    np.testing.assert_allclose(one.backward()[order], other.backward(), atol=1e-16)


@holds(600, kind=st.sampled_from([SquaredLoss, AbsoluteLoss]), pair=pairs())
def test_a_batch_costs_the_mean_of_its_samples(kind, pair):
    scores, y = pair
    alone = [kind().forward(scores[i : i + 1], y[i : i + 1]) for i in range(len(y))]
    assert math.isclose(kind().forward(scores, y), np.mean(alone), rel_tol=1e-12, abs_tol=1e-14)


@holds(600, pair=scored(10.0))
def test_losses_change_neither_scores_nor_labels(pair):
    before = [a.copy() for a in pair]
    loss = CrossEntropyLoss()
    loss.forward(*pair)
    loss.backward()
    assert same(pair, before)


@holds(600, pair=scored(10.0, least=2))
def test_accuracy_is_a_share_and_the_zero_one_loss_the_rest(pair):
    share = accuracy(*pair)
    assert 0 <= share <= 1 and math.isclose(share * len(pair[1]), round(share * len(pair[1])))
    assert zero_one_loss(*pair) == 1 - share
    assert accuracy(pair[0], pair[0].argmax(axis=1)) == 1


# ---- nets and gradients ----


@holds(400, problem=problems())
def test_the_gradient_of_a_batch_is_the_mean_over_its_samples(problem):
    net, loss, x, y = problem
    each = [gradients(net, loss, x[i : i + 1], y[i : i + 1]) for i in range(len(x))]
    for whole, parts in zip(gradients(*problem), zip(*each, strict=True), strict=True):
        np.testing.assert_allclose(whole, np.mean(parts, axis=0), rtol=1e-10, atol=1e-12)


@holds(400, problem=problems(), seed=SEEDS)
def test_the_order_of_a_batch_leaves_the_gradients(problem, seed):
    net, loss, x, y = problem
    order = np.random.default_rng(seed).permutation(len(x))
    before = gradients(*problem)
    for one, other in zip(before, gradients(net, loss, x[order], y[order]), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)


@holds(400, problem=problems())
def test_forward_and_backward_change_no_parameter_and_repeat_bit_for_bit(problem):
    before = values(problem[0])
    first = gradients(*problem)
    assert same(gradients(*problem), first) and same(values(problem[0]), before)


@holds(200, problem=problems(bends=[Tanh, Sigmoid]))
def test_gradients_of_smooth_nets_pass_the_check(problem):
    before = values(problem[0])
    assert check_gradients(*problem).verdict == "right"
    assert same(values(problem[0]), before)


@holds(300, problem=problems(bends=[Tanh, Sigmoid]), factor=st.sampled_from([-1.0, 0.5, 1.001]))
def test_a_gradient_that_is_off_by_a_factor_fails_the_check(problem, factor):
    net = problem[0]
    if max(map(np.linalg.norm, gradients(*problem))) < 1e-3:
        return  # nothing there to be off
    for layer in net.layers:
        layer.backward = off(layer.backward, factor) if layer is net.layers[-1] else layer.backward
    assert check_gradients(*problem).verdict == "wrong"


def off(backward, factor):
    """Return a backward that gets a gradient times a factor."""
    return lambda dout: backward(factor * dout)


@holds(400, problem=problems())
def test_float32_agrees_with_float64(problem):
    net, _, x, _ = problem
    exact = net.forward(x)
    got = copy.deepcopy(net).astype(np.float32).forward(x.astype(np.float32))
    assert got.dtype == np.float32
    np.testing.assert_allclose(got, exact, rtol=1e-4, atol=1e-5)


@holds(400, problem=problems())
def test_predict_is_the_place_of_the_highest_score(problem):
    net, _, x, _ = problem
    out = net.forward(x)
    wanted = out.argmax(axis=1) if out.shape[1] > 1 else out[:, 0] > 0
    np.testing.assert_array_equal(net.predict(x), wanted)
    np.testing.assert_array_equal(net.predict(x, values=True), out)


# ---- optimizers and training ----


@holds(400, problem=problems(), lr=st.floats(1e-6, 10))
def test_a_step_of_sgd_is_lr_times_the_gradient(problem, lr):
    net, before = problem[0], values(problem[0])
    slopes = gradients(*problem)
    SGD(net, lr).step()
    for old, new, slope in zip(before, values(net), slopes, strict=True):
        np.testing.assert_array_equal(new, old - lr * slope)


@holds(400, problem=problems(), lr=st.floats(1e-6, 10))
def test_the_first_step_of_adam_is_at_most_lr(problem, lr):
    net, before = problem[0], values(problem[0])
    gradients(*problem)
    Adam(net, lr).step()
    for old, new in zip(before, values(net), strict=True):
        assert (np.abs(new - old) <= lr * (1 + 1e-9) + 1e-15).all()


@holds(400, problem=problems(bends=[Tanh, Sigmoid]))  # at a kink, no direction need lead down
def test_a_small_step_downhill_lowers_the_loss(problem):
    net, loss, x, y = problem
    slopes = gradients(*problem)
    before, slope = loss.forward(net.forward(x), y), sum((s**2).sum() for s in slopes)
    lr = 1e-6
    SGD(net, lr).step()
    after = loss.forward(net.forward(x), y)
    assert after <= before - 0.5 * lr * slope + 1e-12 * (1 + before)


@holds(300, problem=problems(), seed=SEEDS, size=COUNTS, kind=st.sampled_from([SGD, Adam]))
def test_the_same_rng_gives_the_same_bits(problem, seed, size, kind):
    net, loss, x, y = problem
    runs = []
    for rng in (seed, np.random.default_rng(seed)):
        own = copy.deepcopy(net)
        history = train(own, loss, kind(own, 0.01), x, y, size, 2, rng=rng)
        runs.append([np.array(history, dtype=float), *values(own)])
    assert same(*runs)


@holds(400, n=st.integers(1, 30), size=st.integers(1, 40), epochs=st.integers(1, 4), seed=SEEDS)
def test_an_epoch_is_every_sample_once(n, size, epochs, seed):
    seen, net = [], Net(Linear(1, 1, rng=0))

    class Noting(SquaredLoss):
        def forward(self, scores, y):
            seen.append(y[:, 0])
            return super().forward(scores, y)

    y = np.arange(float(n))[:, None]
    numbers_of = [e for e, _ in steps(net, Noting(), SGD(net, 1e-9), y, y, size, epochs, seed)]
    per_epoch = -(-n // size)
    assert numbers_of == [e for e in range(1, epochs + 1) for _ in range(per_epoch)]
    for epoch in range(epochs):  # the first call was a trial
        batches_of = seen[1 + epoch * per_epoch : 1 + (epoch + 1) * per_epoch]
        assert sorted(np.concatenate(batches_of)) == list(range(n))


@holds(300, problem=problems(), size=COUNTS, seed=SEEDS)
def test_training_leaves_the_data_and_the_validation_has_no_say(problem, size, seed):
    net, loss, x, y = problem
    before, other = [x.copy(), y.copy()], copy.deepcopy(net)
    train(net, loss, SGD(net, 0.01), x, y, size, 2, validation=(x[:1], y[:1]), rng=seed)
    train(other, loss, SGD(other, 0.01), x, y, size, 2, rng=seed)
    assert same([x, y], before) and same(values(net), values(other))


# ---- saving ----


@holds(150, problem=problems(), dtype=st.sampled_from([np.float32, np.float64]))
def test_a_net_comes_back_from_its_file_bit_for_bit(tmp_path_factory, problem, dtype):
    net, path = problem[0].astype(dtype), tmp_path_factory.getbasetemp() / "net.npz"
    interop.save(net, path)
    back = interop.load(path)
    assert repr(back) == repr(net) and same(values(back), values(net))


@holds(250, problem=problems(), at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_file_with_any_flipped_bit_is_refused(tmp_path_factory, problem, at, bit):
    path = tmp_path_factory.getbasetemp() / "flipped.npz"
    interop.save(problem[0], path)
    content = bytearray(path.read_bytes())
    content[int(at * len(content))] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(ValueError, match="expected"):
        interop.load(path)


# ---- data ----

SETS = [data.xor, data.moons, data.rings, data.blobs, data.linear, data.spirals]


@holds(400, make=st.sampled_from(SETS), n=st.integers(4, 200), seed=SEEDS)
def test_sets_have_as_many_samples_as_asked_and_classes_of_nearly_equal_size(make, n, seed):
    x, y = make(n, noise=0.0, rng=seed)
    assert x.shape == (n, 2) and y.shape == (n,) and np.isfinite(x).all()
    counts = np.bincount(y)
    assert np.ptp(counts) <= 1 and y.dtype == np.int64


@holds(400, make=st.sampled_from([*SETS, data.curve]), n=st.integers(4, 60), seed=SEEDS)
def test_the_same_seed_gives_the_same_set(make, n, seed):
    assert same(make(n, rng=seed), make(n, rng=np.random.default_rng(seed)))


@holds(600, n=st.integers(2, 60), share=st.floats(0.01, 0.99), seed=SEEDS)
def test_split_hands_out_every_sample_once_with_its_label(n, share, seed):
    x = np.arange(n)
    held = round(share * n)
    if not 0 < held < n:
        with pytest.raises(ValueError, match="share: expected at least one sample in each part"):
            data.split(x, -x, share, seed)
        return
    (x_train, y_train), (x_held, y_held) = data.split(x, -x, share, seed)
    assert sorted([*x_train, *x_held]) == list(range(n)) and len(x_held) == held
    assert (x_train == -y_train).all() and (x_held == -y_held).all()


@holds(300, side=st.integers(1, 12), n=COUNTS, seed=SEEDS, alpha=st.floats(0, 40))
def test_distorted_pixels_stay_between_those_that_were_there_and_0(side, n, seed, alpha):
    images = np.random.default_rng(seed).random((n, side * side), dtype=np.float32)
    before = images.copy()
    out = data.distort(images, seed, alpha=alpha)
    assert out.shape == images.shape and out.dtype == images.dtype
    assert out.min() >= 0 and out.max() <= images.max() * (1 + 1e-6)
    assert same([images], [before]) and same([out], [data.distort(images, seed, alpha=alpha)])


OFF = {"rotation": 0, "scaling": 0, "shear": 0, "shift": 0, "alpha": 0}


@holds(200, side=st.integers(1, 12), n=COUNTS, seed=SEEDS)
def test_distort_with_all_switched_off_changes_nothing(side, n, seed):
    images = np.random.default_rng(seed).random((n, side, side), dtype=np.float32)
    np.testing.assert_allclose(data.distort(images, seed, **OFF), images, atol=1e-5)


# ---- plots, words and widgets ----


@holds(1000, value=st.floats(-1e100, 1e100), digits=st.integers(1, 15))
def test_a_written_number_is_the_number_up_to_its_digits(value, digits):
    text = number(value, digits)
    assert math.isclose(float(text), value, rel_tol=10.0 ** (1 - digits), abs_tol=0)
    assert text != "-0" and text == number(np.float64(value), digits)


@example(ends=[0.0, 5e-324])
@example(ends=[9.999999999999996e99, 1e100])
@holds(1000, ends=st.tuples(st.floats(-1e100, 1e100), st.floats(-1e100, 1e100)).map(sorted))
def test_axis_limits_lie_around_the_data(ends):
    low, high = nice_limits(*ends)
    assert low <= ends[0] <= ends[1] <= high and low < high


@holds(60, x=batches(1e6, st.just(2)), seed=SEEDS)
def test_the_words_of_a_data_set_count_every_point_once(x, seed):
    y = np.random.default_rng(seed).integers(0, 3, len(x))
    facts = plots.data_set(x, y).facts
    counted = [int(line.split("): ")[1].split()[0]) for line in facts.splitlines()[3:]]
    assert sum(counted) == len(x) and len(counted) == len(set(y))


@holds(40, values_of=st.lists(st.floats(width=32), min_size=1, max_size=8))
def test_any_training_curve_is_a_picture_that_names_its_ends(values_of):
    facts = plots.curves(values_of, digits=6).facts
    finite = [v for v in values_of if math.isfinite(v)]
    assert f"{len(values_of)} value" in facts
    assert not finite or f"max {number(max(finite), 6)}" in facts


@example(points=[(0.0, 0.0), (0.0, 2.2250738585072014e-308)], move=0.0)
@holds(300, points=st.lists(st.tuples(UNIT, UNIT), min_size=1, max_size=8), move=UNIT)
def test_a_drawn_digit_is_ink_between_0_and_1_wherever_it_is_drawn(points, move):
    image = as_mnist([points])
    assert image.shape == (28, 28) and 0 <= image.min() <= image.max() <= 1
    assert image.any()


# ---- checks and quizzes ----


@holds(
    150,
    name=st.sampled_from(checks.exercises()),
    answer=st.one_of(st.none(), st.integers(), st.text(), st.lists(st.floats())),
)
def test_a_check_calls_what_is_no_answer_wrong_each_time_in_the_same_words(name, answer):
    verdict = checks.judge(name, answer)
    assert verdict.status == "wrong" and verdict == checks.judge(name, answer)


@example(factor=1.0, shift=0.0)
@holds(60, factor=st.floats(0.01, 100), shift=st.floats(-5, 5))
def test_a_squared_error_is_right_only_with_factor_1(factor, shift):
    def squared_error(y_hat, y):
        r = y_hat - y
        return factor * np.mean(r**2) + shift, factor * 2 * r / len(r)

    status = checks.judge("squared_error", squared_error).status
    near = abs(factor - 1) < 1e-5 and abs(shift) < 1e-5
    assert status == "wrong" or near
    assert status == "right" or (factor, shift) != (1, 0)


QUESTIONS = [q for name in quizzes.quizzes() for q in read(FOLDER / f"{name}.toml").questions]
KINDS = {kind: [q for q in QUESTIONS if q.kind == kind] for kind in quiz_judge.JUDGES}


@holds(600, question=st.sampled_from(KINDS["number"]), text=st.text(max_size=12))
def test_any_text_as_a_number_gets_an_answer(question, text):
    feedback = quiz_judge.judge(question, text)
    assert feedback.status in quiz_judge.SIGNS and feedback.words()


@holds(600, question=st.sampled_from(KINDS["number"]), apart=st.floats(-3, 3))
def test_a_number_is_right_exactly_if_it_is_near_the_key(question, apart):
    wanted = question.answer + apart * (question.tolerance or 1e-3)
    status = quiz_judge.judge(question, repr(wanted)).status
    near = abs(wanted - question.answer) <= question.tolerance + 1e-9 * abs(question.answer)
    assert status == ("right" if near else "wrong")


@holds(600, question=st.sampled_from(KINDS["several"]), picks=st.sets(st.integers(0, 9)))
def test_several_are_right_exactly_if_all_right_options_and_no_others_are_chosen(question, picks):
    chosen = [o for i, o in enumerate(question.options) if i in picks]
    wanted = [o for o in question.options if o.right]
    status = quiz_judge.judge(question, [o.id for o in chosen]).status
    assert status == ("right" if chosen == wanted else "wrong" if chosen else "unread")


@holds(400, question=st.sampled_from(KINDS["order"]), seed=SEEDS)
def test_an_order_is_right_only_as_it_is_written(question, seed):
    order = np.random.default_rng(seed).permutation(len(question.options))
    steps_of = [question.options[i].id for i in order]
    status = quiz_judge.judge(question, steps_of).status
    assert status == ("right" if (np.diff(order) > 0).all() else "wrong")


# ---- estimators ----


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@holds(60, seed=SEEDS, classes=st.integers(2, 4))
def test_a_classifier_says_only_labels_that_it_knows_with_probabilities_that_sum_to_1(
    seed, classes
):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(20, 3)), np.arange(20) % classes * 7 - 3
    model = interop.MLPClassifier(4, max_iter=2, tol=10.0, n_iter_no_change=1, random_state=seed)
    p = model.fit(x, y).predict_proba(x)
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-12)
    np.testing.assert_array_equal(model.classes_[p.argmax(axis=1)], model.predict(x))
    assert set(model.classes_) == set(y)


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@holds(60, seed=SEEDS)
def test_an_estimator_is_the_same_for_the_same_random_state(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(20, 3)), rng.normal(size=20)
    options = {"max_iter": 2, "tol": 10.0, "n_iter_no_change": 1, "random_state": seed}
    one, other = (interop.MLPRegressor(4, **options).fit(x, y) for _ in range(2))
    assert same([one.predict(x)], [other.predict(x)])


# ---- the graph ----


@holds(300, w=st.floats(-10, 10), x=st.floats(-10, 10), b=st.floats(-10, 10))
def test_a_graph_computes_what_its_expression_says(w, x, b):
    drawn, run, _ = computed("tanh(w*x + b)*x", None, x, None, {"w": w, "b": b})
    assert math.isclose(run.values[drawn.operations[-1]], math.tanh(w * x + b) * x, abs_tol=1e-12)
    names = {node.name: i for i, node in enumerate(drawn.nodes)}
    slope = (1 - math.tanh(w * x + b) ** 2) * x
    assert math.isclose(run.gradients[names["b"]], slope, rel_tol=1e-9, abs_tol=1e-12)


def test_there_are_40_properties_and_20000_examples():
    assert len(EXAMPLES) >= 40
    assert sum(EXAMPLES.values()) >= 20_000
    tests = {name for name in globals() if name.startswith("test_")}
    assert tests - EXAMPLES.keys() == {"test_there_are_40_properties_and_20000_examples"}
