"""Each loss is a mean over the batch, exact for extreme scores, and its gradient is the slope."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nets import LOSSES

from mlpkit import (
    AbsoluteLoss,
    CrossEntropyLoss,
    LogisticLoss,
    Softmax,
    SquaredLoss,
    accuracy,
    losses,
    zero_one_loss,
)

REGRESSION = [AbsoluteLoss, SquaredLoss]
FINITE = st.floats(-50, 50, allow_nan=False)


def batch_for(loss, seed=0, samples=7, outputs=3, dtype=np.float64):
    """Return (scores, y) as the loss wants them."""
    rng = np.random.default_rng(seed)
    if loss is LogisticLoss:
        outputs = 1
    scores = (3 * rng.normal(size=(samples, outputs))).astype(dtype)
    if loss in REGRESSION:
        return scores, rng.normal(size=scores.shape).astype(dtype)
    return scores, rng.integers(0, max(2, outputs), samples)


def gradient(loss, scores, y):
    instance = loss()
    instance.forward(scores, y)
    return instance.backward()


def test_the_list_of_losses_is_complete():
    classes = [c for _, c in inspect.getmembers(losses, inspect.isclass) if hasattr(c, "forward")]
    assert set(classes) == set(LOSSES)


# ---- By hand ----


def test_absolute_loss_is_the_mean_over_samples_of_sums_over_outputs():
    loss = AbsoluteLoss()
    assert loss.forward(np.array([[1.0, 2.0], [3.0, -4.0]]), np.array([[0.0, 4], [3, 0]])) == 3.5
    np.testing.assert_array_equal(loss.backward(), [[0.5, -0.5], [0.0, -0.5]])


def test_absolute_loss_has_slope_0_at_0():
    assert gradient(AbsoluteLoss, np.zeros((1, 3)), np.zeros((1, 3))).tolist() == [[0, 0, 0]]


def test_squared_loss_has_no_factor_one_half():
    loss = SquaredLoss()
    assert loss.forward(np.array([[1.0, 2.0], [3.0, -4.0]]), np.array([[0.0, 4], [3, 0]])) == 10.5
    np.testing.assert_array_equal(loss.backward(), [[1.0, -2.0], [0.0, -4.0]])  # 2 r / batch


def test_cross_entropy_of_equal_scores_is_log_of_the_number_of_classes():
    loss = CrossEntropyLoss()
    assert loss.forward(np.zeros((2, 4)), [0, 3]) == pytest.approx(np.log(4), rel=1e-15)
    wanted = np.array([[-0.75, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, -0.75]]) / 2  # (p - y) / N
    np.testing.assert_allclose(loss.backward(), wanted, rtol=1e-15)


def test_cross_entropy_gradient_is_p_minus_y_over_the_batch():
    scores, y = batch_for(CrossEntropyLoss)
    wanted = (Softmax().forward(scores) - np.eye(3)[y]) / len(y)
    np.testing.assert_allclose(gradient(CrossEntropyLoss, scores, y), wanted, rtol=1e-13)


def test_logistic_loss_is_log_of_1_plus_exp():
    f = np.array([[0.0], [2.0], [-3.0]])
    loss = LogisticLoss()
    wanted = np.mean([np.log(2), np.log1p(np.exp(-2)), np.log1p(np.exp(-3))])
    assert loss.forward(f, [0, 1, 0]) == pytest.approx(wanted, rel=1e-14)
    p = 1 / (1 + np.exp(-f))
    np.testing.assert_allclose(loss.backward(), (p - [[0], [1], [0]]) / 3, rtol=1e-14)


def test_logistic_loss_takes_a_column_and_a_row_and_answers_in_the_same_shape():
    scores, y = batch_for(LogisticLoss)
    column, row = LogisticLoss(), LogisticLoss()
    assert column.forward(scores, y) == row.forward(scores[:, 0], y)
    assert column.backward().shape == scores.shape
    np.testing.assert_array_equal(column.backward()[:, 0], row.backward())


# ---- Scores of ±1000 ----


@pytest.mark.parametrize(
    ("scores", "y", "value", "slopes"),
    [
        ([[1000.0, 0.0]], [0], 0.0, [[0.0, 0.0]]),
        ([[1000.0, 0.0]], [1], 1000.0, [[1.0, -1.0]]),
        ([[-1000.0, 1000.0]], [0], 2000.0, [[-1.0, 1.0]]),
        ([[-1000.0, 1000.0]], [1], 0.0, [[0.0, 0.0]]),
        ([[-1000.0, -1000.0]], [1], np.log(2), [[0.5, -0.5]]),
        ([[1000.0, 1000.0]], [0], np.log(2), [[-0.5, 0.5]]),
        ([[1000.0, -1000.0], [0.0, 1000.0]], [1, 0], 1500.0, [[0.5, -0.5], [-0.5, 0.5]]),
    ],
)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_cross_entropy_is_exact_for_huge_scores(scores, y, value, slopes, dtype):
    loss = CrossEntropyLoss()
    assert loss.forward(np.array(scores, dtype), y) == dtype(value)
    np.testing.assert_array_equal(loss.backward(), slopes)


def test_cross_entropy_of_a_row_does_not_see_how_large_the_others_are():
    alone, both = CrossEntropyLoss(), CrossEntropyLoss()
    value = both.forward(np.array([[0.0, 1.0], [5000.0, 5001.0]]), [0, 0])
    assert value == pytest.approx(alone.forward(np.array([[0.0, 1.0]]), [0]), rel=1e-12)
    np.testing.assert_allclose(both.backward(), np.repeat(alone.backward(), 2, axis=0) / 2, 1e-12)


@pytest.mark.parametrize(
    ("score", "label", "value", "slope"),
    [(1000.0, 1, 0, 0), (1000.0, 0, 1000, 1), (-1000.0, 0, 0, 0), (-1000.0, 1, 1000, -1)],
)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_logistic_loss_is_exact_for_huge_scores(score, label, value, slope, dtype):
    loss = LogisticLoss()
    assert loss.forward(np.array([[score]], dtype), [label]) == value
    np.testing.assert_array_equal(loss.backward(), [[slope]])


# ---- What holds for all losses ----


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_value_is_a_float_and_the_gradient_keeps_shape_and_dtype(loss, dtype):
    scores, y = batch_for(loss, dtype=dtype)
    instance = loss()
    assert type(instance.forward(scores, y)) is float
    assert instance.backward().shape == scores.shape
    assert instance.backward().dtype == dtype


@pytest.mark.parametrize("loss", LOSSES)
def test_float32_agrees_with_float64(loss):
    scores, y = batch_for(loss, samples=40)
    small = scores.astype(np.float32), y.astype(np.float32) if loss in REGRESSION else y
    assert loss().forward(*small) == pytest.approx(loss().forward(scores, y), rel=1e-4)
    np.testing.assert_allclose(gradient(loss, *small), gradient(loss, scores, y), 1e-4, 1e-7)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_batch_is_the_mean_of_its_samples(loss):
    scores, y = batch_for(loss)
    singles = [(scores[i : i + 1], y[i : i + 1]) for i in range(len(y))]
    wanted = np.mean([loss().forward(*single) for single in singles])
    assert loss().forward(scores, y) == pytest.approx(wanted, rel=1e-14)
    rows = np.concatenate([gradient(loss, *single) for single in singles])
    np.testing.assert_allclose(gradient(loss, scores, y), rows / len(y), rtol=1e-13, atol=1e-16)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_order_of_the_samples_does_not_matter(loss):
    scores, y = batch_for(loss)
    order = np.random.default_rng(1).permutation(len(y))
    moved = loss().forward(scores[order], y[order])
    assert moved == pytest.approx(loss().forward(scores, y), rel=1e-14)
    moved = gradient(loss, scores[order], y[order])
    np.testing.assert_array_equal(moved, gradient(loss, scores, y)[order])


@pytest.mark.parametrize("loss", LOSSES)
def test_scores_and_y_are_left_untouched(loss):
    scores, y = batch_for(loss)
    before = scores.copy(), y.copy()
    instance = loss()
    instance.forward(scores, y)
    instance.backward()
    np.testing.assert_array_equal(scores, before[0])
    np.testing.assert_array_equal(y, before[1])


@pytest.mark.parametrize("loss", LOSSES)
def test_lists_are_taken_as_arrays(loss):
    scores, y = batch_for(loss)
    assert loss().forward(scores.tolist(), y.tolist()) == loss().forward(scores, y)


@given(scores=arrays(np.float64, (5, 4), elements=FINITE), y=arrays(int, 5, elements=st.just(2)))
def test_cross_entropy_is_at_least_0_and_its_gradient_sums_to_0_in_each_row(scores, y):
    loss = CrossEntropyLoss()
    assert loss.forward(scores, y) >= 0
    np.testing.assert_allclose(loss.backward().sum(axis=1), 0, atol=1e-15)


@given(scores=arrays(np.float64, (4, 3), elements=FINITE), shift=FINITE)
def test_cross_entropy_does_not_change_when_all_scores_are_shifted(scores, shift):
    y = [0, 1, 2, 0]
    moved = CrossEntropyLoss().forward(scores + shift, y)
    assert moved == pytest.approx(CrossEntropyLoss().forward(scores, y), rel=1e-12, abs=1e-12)


@given(f=arrays(np.float64, 6, elements=FINITE))
def test_logistic_loss_is_the_cross_entropy_of_the_scores_0_and_f(f):
    y = [0, 1, 1, 0, 1, 0]
    both = np.stack([np.zeros(6), f], axis=1)
    assert LogisticLoss().forward(f, y) == pytest.approx(CrossEntropyLoss().forward(both, y))
    assert LogisticLoss().forward(f, y) >= 0


@pytest.mark.parametrize("loss", REGRESSION)
@given(r=arrays(np.float64, (4, 2), elements=FINITE))
def test_regression_losses_are_at_least_0_and_do_not_care_which_side_is_off(loss, r):
    y = np.zeros((4, 2))
    value = loss().forward(r, y)
    assert value >= 0
    assert (value == 0) == (not np.any(r * r if loss is SquaredLoss else r))
    assert loss().forward(-r, y) == value
    np.testing.assert_array_equal(gradient(loss, -r, y), -gradient(loss, r, y))


# ---- Accuracy ----


def test_accuracy_counts_the_rows_whose_highest_score_is_at_the_label():
    scores = np.array([[3.0, 1, 2], [0, 5, 1], [0, 1, 2], [9, 0, 0]])
    assert accuracy(scores, [0, 1, 2, 1]) == 0.75
    assert type(accuracy(scores, [0, 1, 2, 1])) is float


@pytest.mark.parametrize("shape", [(5,), (5, 1)])
def test_accuracy_of_one_score_asks_whether_it_is_above_0(shape):
    scores = np.array([0.1, -0.1, 0.0, 7.0, 2.0]).reshape(shape)
    assert accuracy(scores, [1, 0, 0, 1, 0]) == 0.8
    with pytest.raises(ValueError, match="y: expected labels below 2"):
        accuracy(scores, [1, 0, 0, 1, 2])


def test_accuracy_of_one_sample_is_0_or_1():
    assert (accuracy([[3.0, 1.0]], [0]), accuracy([[3.0, 1.0]], [1])) == (1, 0)


def test_zero_one_loss_is_1_minus_accuracy():
    scores, y = batch_for(CrossEntropyLoss, samples=50)
    assert 0 < zero_one_loss(scores, y) < 1
    assert zero_one_loss(scores, y) == 1 - accuracy(scores, y)


# ---- Bad input ----


@pytest.mark.parametrize("loss", LOSSES)
def test_backward_before_forward_is_refused(loss):
    with pytest.raises(ValueError, match=r"backward: expected a forward pass before it, got none"):
        loss().backward()


BAD_LABELS = [
    (np.array([0.0, 1.0, 2.0]), "y: expected an array of whole numbers.*float64"),
    (np.array([True, False, True]), "y: expected an array of whole numbers.*bool"),
    (np.array(["a", "b", "c"]), "y: expected an array of whole numbers.*<U1"),
    (np.array([None, 1, 2]), "y: expected an array of whole numbers.*object"),
    (np.array([0, 1]), r"y: expected .*got \(2,\)"),
    (np.array([[0], [1], [2]]), r"y: expected .*got \(3, 1\)"),
    (np.array(1), r"y: expected .*got \(\)"),
    (np.array([0, 1, 4]), "y: expected labels below 4, .*4"),
    (np.array([0, -1, 2]), "y: expected labels .*-1"),
]


@pytest.mark.parametrize(("y", "message"), BAD_LABELS)
@pytest.mark.parametrize("function", [lambda s, y: CrossEntropyLoss().forward(s, y), accuracy])
def test_bad_labels_are_refused(function, y, message):
    with pytest.raises((ValueError, TypeError), match=message):
        function(np.zeros((3, 4)), y)


@pytest.mark.parametrize(("y", "message"), BAD_LABELS)
def test_bad_labels_are_refused_by_the_logistic_loss(y, message):
    with pytest.raises((ValueError, TypeError), match=message.replace("below 4", "below 2")):
        LogisticLoss().forward(np.zeros((3, 1)), y)


@pytest.mark.parametrize(
    ("loss", "scores", "y", "message"),
    [
        (CrossEntropyLoss, np.zeros(3), [0, 1, 2], r"scores: expected .*got \(3,\)"),
        (CrossEntropyLoss, np.zeros((1, 3, 3)), [0], r"scores: expected .*got \(1, 3, 3\)"),
        (CrossEntropyLoss, np.zeros((0, 3)), np.zeros(0, int), "scores: expected"),
        (CrossEntropyLoss, np.zeros((3, 0)), [0, 0, 0], "scores: expected|y: expected"),
        (LogisticLoss, np.zeros((3, 2)), [0, 1, 1], r"scores: expected .*got \(3, 2\)"),
        (LogisticLoss, np.zeros((0, 1)), np.zeros(0, int), "(scores|y): expected"),
        (AbsoluteLoss, np.zeros((3, 1)), np.zeros(3), r"y: expected .*\(3, 1\).*got \(3,\)"),
        (SquaredLoss, np.zeros((3, 1)), np.zeros(3), r"y: expected .*\(3, 1\).*got \(3,\)"),
        (SquaredLoss, np.float64(1.0), np.float64(2.0), "scores: expected"),
        (AbsoluteLoss, 1.0, 2.0, "scores: expected"),
        (LogisticLoss, 1.0, 1, "scores: expected"),
        (CrossEntropyLoss, 1.0, 1, "scores: expected"),
        (SquaredLoss, [["a"]], [["b"]], "scores: expected an array of numbers"),
        (AbsoluteLoss, "abc", "abc", "scores: expected an array of numbers"),
        (LogisticLoss, ["a", "b"], [0, 1], "scores: expected an array of numbers"),
        (CrossEntropyLoss, [["a", "b"]], [0], "scores: expected an array of numbers"),
        (SquaredLoss, [[1.0]], [[None]], "y: expected an array of numbers"),
        (SquaredLoss, np.zeros((0, 1)), np.zeros((0, 1)), "scores: expected"),
    ],
)
def test_bad_scores_and_targets_are_refused(loss, scores, y, message):
    instance = loss()
    with pytest.raises((ValueError, TypeError), match=message):
        instance.forward(scores, y)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_refused_batch_leaves_the_gradient_of_the_last_good_one(loss):
    scores, y = batch_for(loss)
    instance = loss()
    instance.forward(scores, y)
    before = instance.backward().copy()
    with pytest.raises(ValueError, match=r"expected"):
        instance.forward(scores, y[1:])
    np.testing.assert_array_equal(instance.backward(), before)


@pytest.mark.parametrize("function", [accuracy, zero_one_loss])
@pytest.mark.parametrize(
    ("scores", "y"), [(np.zeros((0, 3)), np.zeros(0, int)), (np.zeros((2, 3)), [0])]
)
def test_accuracy_refuses_what_does_not_fit(function, scores, y):
    with pytest.raises((ValueError, TypeError), match=r"(scores|y): expected"):
        function(scores, y)


ZEROS = np.zeros((2, 3))


@pytest.mark.parametrize(
    ("loss", "scores", "y", "sentence"),
    [
        (SquaredLoss, "a", [1], "scores: expected an array of numbers, got <U1"),
        (SquaredLoss, [[1.0]], [[None]], "y: expected an array of numbers, got object"),
        (SquaredLoss, ZEROS[:0], ZEROS[:0], "scores: expected at least one sample, got (0, 3)"),
        (SquaredLoss, ZEROS, ZEROS[0], "y: expected the scores' shape (2, 3), got (3,)"),
        (CrossEntropyLoss, "a", [0], "scores: expected an array of numbers, got <U1"),
        (CrossEntropyLoss, ZEROS[0], [0], "scores: expected shape (batch, classes), got (3,)"),
        (CrossEntropyLoss, ZEROS, [0.0, 1.0], "y: expected an array of whole numbers, got float64"),
        (CrossEntropyLoss, ZEROS, [0], "y: expected a label for each sample's scores, got (1,)"),
        (CrossEntropyLoss, ZEROS, [0, 3], "y: expected labels below 3, from 0, got (0, 3)"),
        (LogisticLoss, "a", [0], "scores: expected an array of numbers, got <U1"),
        (LogisticLoss, ZEROS, [0, 1], "scores: expected one per sample, got (2, 3)"),
    ],
)
def test_an_error_says_in_one_sentence_what_was_expected_and_what_came(loss, scores, y, sentence):
    with pytest.raises(ValueError) as caught:
        loss().forward(scores, y)
    assert str(caught.value) == sentence


@pytest.mark.parametrize("function", [losses.labels, lambda scores: accuracy(scores, [0])])
def test_labels_of_what_is_no_array_of_numbers_are_refused(function):
    with pytest.raises(ValueError) as caught:
        function(["a"])
    assert str(caught.value) == "scores: expected an array of numbers, got <U1"


@pytest.mark.parametrize("value", [0.5, 2, np.float32(0.5), np.uint8(2), np.array(0.5)[()]])
def test_a_single_number_that_passes_is_accepted(value):
    losses.check_number("lr", value, "above 0", lambda v: v > 0)


@pytest.mark.parametrize("value", [-1, 0.0, "1", None, True, 1j, [1.0], np.ones(1), np.array(1.0)])
def test_what_is_no_single_number_or_fails_is_refused_with_its_value(value):
    with pytest.raises(ValueError) as caught:
        losses.check_number("lr", value, "above 0", lambda v: v > 0)
    assert str(caught.value) == f"lr: expected a number above 0, got {value}"


@pytest.mark.parametrize("kind", [bool, np.int8, np.uint8, np.float32, complex])
def test_numbers_of_every_kind_are_numbers(kind):
    values = np.ones((2, 1), kind)
    assert losses.numbers("x", values) is values


def test_only_who_asks_for_finite_numbers_is_spared_the_others():
    spoiled = np.array([1.0, np.inf, np.nan])
    assert losses.numbers("x", spoiled) is spoiled
    with pytest.raises(ValueError) as caught:
        losses.numbers("x", spoiled, finite=True)
    assert str(caught.value) == "x: expected finite numbers, got nan or inf too"


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int64, np.uint64])
def test_labels_may_have_any_type_of_whole_numbers(kind):
    assert accuracy([[3.0, 1.0], [1.0, 3.0]], np.array([0, 1], kind)) == 1
