"""Each layer does what its docstring says, forward and backward, and changes nothing else."""

import inspect

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from nets import LAYERS

from mlpkit import Linear, Net, ReLU, Sigmoid, Softmax, Tanh, layers

BENDS = [layer for layer in LAYERS if layer is not Linear]
FINITE = st.floats(-50, 50, allow_nan=False)


def make(layer):
    """Return an instance; a Linear takes 3 numbers and gives 4, the others give as many."""
    if layer is not Linear:
        return layer()
    linear = Linear(3, 4, rng=0)
    linear.b[:] = [1.0, -2.0, 0.5, 0.0]
    return linear


def batch(samples=5, seed=0, n=3):
    return np.random.default_rng(seed).normal(size=(samples, n))


def there_and_back(layer, x, seed=1):
    """Return (out, dout, dx) of one pass with a random dout."""
    out = layer.forward(x)
    dout = np.random.default_rng(seed).normal(size=out.shape).astype(out.dtype)
    return out, dout, layer.backward(dout)


def test_the_list_of_layers_is_complete():
    classes = [c for _, c in inspect.getmembers(layers, inspect.isclass) if hasattr(c, "forward")]
    assert set(classes) == set(LAYERS)


# ---- Linear ----


def test_linear_adds_b_to_x_times_W_by_hand():
    linear = Linear(2, 3)
    linear.W[:], linear.b[:] = [[1, 2, 3], [4, 5, 6]], [10, 20, 30]
    assert linear.forward(np.array([[1.0, -1.0], [2, 0]])).tolist() == [[7, 17, 27], [12, 24, 36]]


def test_linear_backward_sums_over_the_batch():
    linear, x, dout = make(Linear), batch(), batch(n=4, seed=1)
    linear.forward(x)
    dx = linear.backward(dout)
    each = [np.outer(row, d) for row, d in zip(x, dout, strict=True)]
    np.testing.assert_allclose(linear.dW, sum(each), rtol=1e-13)
    np.testing.assert_allclose(linear.db, sum(dout), rtol=1e-13)
    np.testing.assert_allclose(dx, [linear.W @ d for d in dout], rtol=1e-13)


def test_linear_gradients_are_those_of_the_last_batch_and_do_not_pile_up():
    linear, x, dout = make(Linear), batch(), batch(n=4, seed=1)
    for _ in range(3):
        linear.forward(x)
        linear.backward(dout)
    np.testing.assert_array_equal(linear.dW, x.T @ dout)


def test_linear_gradients_spares_only_dx():
    one, other, x, dout = make(Linear), make(Linear), batch(), batch(n=4, seed=1)
    one.forward(x)
    other.forward(x)
    one.backward(dout)
    assert other.gradients(dout) is None
    np.testing.assert_array_equal(one.dW, other.dW)
    np.testing.assert_array_equal(one.db, other.db)


def test_linear_parameters_are_the_live_arrays():
    linear = make(Linear)
    there_and_back(linear, batch())
    (w, W, dW), (b, bias, db) = linear.parameters()
    assert (w, b) == ("W", "b")
    assert W is linear.W and dW is linear.dW and bias is linear.b and db is linear.db


def test_linear_starts_with_he_scale_and_b_at_0():
    linear = Linear(200, 500, rng=0)
    assert linear.W.shape == linear.dW.shape == (200, 500)
    assert linear.W.std() == pytest.approx(np.sqrt(2 / 200), rel=0.01)
    assert abs(linear.W.mean()) < 1e-3
    assert not linear.b.any() and linear.b.shape == linear.db.shape == (500,)
    assert linear.W.dtype == linear.b.dtype == np.float64


@pytest.mark.parametrize("scale", [0.01, 3.0])
def test_linear_scale_can_be_given(scale):
    default, own = Linear(20, 30, rng=7), Linear(20, 30, rng=7, scale=scale)
    np.testing.assert_allclose(own.W, default.W / np.sqrt(2 / 20) * scale, rtol=1e-14)


def test_linear_scale_0_gives_zeros():
    assert not Linear(3, 2, rng=0, scale=0).W.any()


def test_linear_takes_a_seed_or_a_generator():
    seeded, again = Linear(3, 2, rng=5), Linear(3, 2, rng=np.random.default_rng(5))
    np.testing.assert_array_equal(seeded.W, again.W)
    rng = np.random.default_rng(5)
    assert (Linear(3, 2, rng).W != Linear(3, 2, rng).W).all()
    assert (Linear(3, 2).W != Linear(3, 2).W).all()


def test_linear_leaves_the_global_random_state_alone():
    before = np.random.get_state()[1].tolist()  # noqa: NPY002 - the one that must not change
    Linear(3, 2)
    assert np.random.get_state()[1].tolist() == before  # noqa: NPY002


def test_repr_shows_shapes():
    assert repr(Linear(2, 8)) == "Linear(2, 8)"
    assert repr(Tanh()) == "Tanh()"


# ---- The bends ----


def test_tanh_by_hand():
    layer = Tanh()
    assert layer.forward(np.array([[0.0, 1000, -1000]])).tolist() == [[0, 1, -1]]
    assert layer.backward(np.array([[3.0, 3, 3]])).tolist() == [[3, 0, 0]]


def test_relu_by_hand_with_slope_0_at_0():
    layer = ReLU()
    assert layer.forward(np.array([[-2.0, 0, 5]])).tolist() == [[0, 0, 5]]
    assert layer.backward(np.array([[3.0, 3, 3]])).tolist() == [[0, 0, 3]]


def test_relu_lets_pass_whatever_is_above_0():
    layer = ReLU()
    out = layer.forward(np.array([[1e-9, 0.5, 1.0, 1.5, 1e9, 0.0, -1e-9]]))
    assert out.tolist() == [[1e-9, 0.5, 1.0, 1.5, 1e9, 0.0, 0.0]]
    assert layer.backward(np.ones((1, 7))).tolist() == [[1, 1, 1, 1, 1, 0, 0]]


def test_sigmoid_by_hand():
    layer = Sigmoid()
    out = layer.forward(np.array([[0.0, 1000, -1000, np.log(3)]]))
    np.testing.assert_allclose(out, [[0.5, 1, 0, 0.75]], rtol=1e-15)
    np.testing.assert_allclose(layer.backward(np.ones((1, 4))), [[0.25, 0, 0, 0.1875]], rtol=1e-15)


def test_softmax_by_hand():
    layer = Softmax()
    out = layer.forward(np.log([[1.0, 2, 5]]))
    np.testing.assert_allclose(out, [[1 / 8, 2 / 8, 5 / 8]], rtol=1e-15)
    p = out[0]
    jacobian = np.diag(p) - np.outer(p, p)
    dout = np.array([[1.0, -2, 3]])
    np.testing.assert_allclose(layer.backward(dout), dout @ jacobian, rtol=1e-14)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    ("x", "p"),
    [
        ([1000.0, 0.0], [1, 0]),
        ([-1000.0, 0.0], [0, 1]),
        ([-1000.0, 1000.0], [0, 1]),
        ([1000.0, 1000.0], [0.5, 0.5]),
        ([-1000.0, -1000.0], [0.5, 0.5]),
    ],
)
def test_softmax_is_exact_for_huge_scores(x, p, dtype):
    layer = Softmax()
    assert layer.forward(np.array([x], dtype)).tolist() == [p]
    assert np.isfinite(layer.backward(np.array([[1.0, -1.0]], dtype))).all()


def test_softmax_of_a_row_does_not_see_how_large_the_others_are():
    alone = Softmax().forward(np.array([[0.0, 1.0]]))
    both = Softmax().forward(np.array([[0.0, 1.0], [5000.0, 5001.0]]))
    np.testing.assert_array_equal(both, np.repeat(alone, 2, axis=0))


@given(x=arrays(np.float64, (3, 4), elements=FINITE), shift=FINITE)
def test_softmax_rows_sum_to_1_and_do_not_change_when_a_row_is_shifted(x, shift):
    p = Softmax().forward(x)
    assert (p >= 0).all()
    np.testing.assert_allclose(p.sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_allclose(Softmax().forward(x + shift), p, rtol=1e-10, atol=1e-300)


@given(x=arrays(np.float64, (2, 3), elements=FINITE), d=arrays(float, (2, 3), elements=FINITE))
def test_softmax_dx_sums_to_0_in_each_row(x, d):
    layer = Softmax()
    layer.forward(x)
    np.testing.assert_allclose(layer.backward(d).sum(axis=1), 0, atol=1e-12)


@pytest.mark.parametrize(
    ("layer", "slope"),
    [
        (Tanh, lambda x: 1 / np.cosh(x) ** 2),
        (Sigmoid, lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2),
    ],
)
def test_slopes_equal_the_derivative_written_another_way(layer, slope):
    x = batch(samples=50)
    _, dout, dx = there_and_back(layer(), x)
    np.testing.assert_allclose(dx, dout * slope(x), rtol=1e-12)


@pytest.mark.parametrize("layer", [Linear, Tanh, Sigmoid])
def test_slopes_equal_the_complex_step(layer):
    """f(x + ih) has h f'(x) as its imaginary part: no difference, so no digits lost."""
    x = batch()
    _, dout, dx = there_and_back(make(layer), x)
    for at in np.ndindex(x.shape):
        nudged = x.astype(complex)
        nudged[at] += 1e-30j
        slope = (dout * make(layer).forward(nudged)).imag.sum() / 1e-30
        assert slope == pytest.approx(dx[at], rel=1e-13)


# ---- What holds for all layers ----


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("samples", [1, 2, 9])
def test_backward_shapes_equal_forward_shapes(layer, samples):
    instance, x = make(layer), batch(samples)
    out, _, dx = there_and_back(instance, x)
    assert out.shape == (samples, 4 if layer is Linear else 3)
    assert dx.shape == x.shape
    for _, value, gradient in Net(instance).parameters():
        assert gradient.shape == value.shape


@pytest.mark.parametrize("layer", LAYERS)
@given(x=arrays(np.float64, (4, 3), elements=FINITE))
def test_x_and_dout_are_left_untouched(layer, x):
    instance, before = make(layer), x.copy()
    dout = np.linspace(-1, 1, instance.forward(x).size).reshape(len(x), -1)
    dout_before = dout.copy()
    instance.backward(dout)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(dout, dout_before)


@pytest.mark.parametrize("layer", LAYERS)
def test_read_only_arrays_are_enough(layer):
    instance, x = make(layer), batch()
    x.setflags(write=False)
    dout = np.ones_like(instance.forward(x))
    dout.setflags(write=False)
    instance.backward(dout)


@pytest.mark.parametrize("layer", LAYERS)
def test_backward_may_be_called_twice(layer):
    instance = make(layer)
    _, dout, dx = there_and_back(instance, batch())
    np.testing.assert_array_equal(instance.backward(dout), dx)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_batch_is_its_samples_one_by_one(layer):
    x = batch()
    out, dout, dx = there_and_back(make(layer), x)
    for i in range(len(x)):
        single = make(layer)
        np.testing.assert_allclose(single.forward(x[i : i + 1])[0], out[i], rtol=1e-13)
        np.testing.assert_allclose(single.backward(dout[i : i + 1])[0], dx[i], 1e-13, 1e-16)


@pytest.mark.parametrize("layer", LAYERS)
def test_float32_in_float32_through(layer):
    instance, x = make(layer), batch().astype(np.float32)
    if layer is Linear:
        instance.W, instance.b = instance.W.astype(np.float32), instance.b.astype(np.float32)
    out, _, dx = there_and_back(instance, x)
    assert out.dtype == dx.dtype == np.float32
    for _, value, gradient in Net(instance).parameters():
        assert value.dtype == gradient.dtype == np.float32


@pytest.mark.parametrize("layer", LAYERS)
def test_float32_agrees_with_float64(layer):
    x = batch().astype(np.float32)
    small, large = make(layer), make(layer)
    if layer is Linear:
        small.W, small.b = small.W.astype(np.float32), small.b.astype(np.float32)
    out, dout, dx = there_and_back(small, x)
    np.testing.assert_allclose(out, large.forward(x.astype(float)), rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(dx, large.backward(dout.astype(float)), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("layer", LAYERS)
def test_lists_are_taken_as_arrays(layer):
    x = batch().tolist()
    np.testing.assert_array_equal(make(layer).forward(x), make(layer).forward(np.array(x)))


# ---- Bad input ----


@pytest.mark.parametrize("layer", LAYERS)
def test_backward_before_forward_is_refused(layer):
    with pytest.raises(ValueError, match=r"backward: expected a forward pass before it, got none"):
        make(layer).backward(np.zeros((5, 4)))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_dout_of_another_shape_is_refused_and_changes_nothing(layer):
    instance = make(layer)
    out, dout, _ = there_and_back(instance, batch())
    before = [gradient.copy() for _, _, gradient in Net(instance).parameters()]
    for bad in (dout[1:], dout[:, 1:], dout[0], dout.T):
        with pytest.raises(ValueError, match=r"dout: expected .*, got") as caught:
            instance.backward(bad)
        assert str(out.shape) in str(caught.value) and str(np.shape(bad)) in str(caught.value)
    for old, (_, _, gradient) in zip(before, Net(instance).parameters(), strict=True):
        np.testing.assert_array_equal(gradient, old)


@pytest.mark.parametrize("shape", [(28, 28), (3,), (), (5, 2), (3, 5), (2, 3, 3)])
def test_linear_refuses_an_x_that_does_not_fit(shape):
    linear = make(Linear)
    linear.forward(batch())
    before = linear.x
    with pytest.raises(ValueError, match=r"x: expected .*batch, 3.*, got") as caught:
        linear.forward(np.zeros(shape))
    assert str(shape) in str(caught.value)
    assert linear.x is before


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("x", ["abc", [["1", "2", "3"]], [[None] * 3], np.zeros((0, 3)), None])
def test_what_is_no_array_of_numbers_is_refused_and_changes_nothing(layer, x):
    instance = make(layer)
    out, _, _ = there_and_back(instance, batch())
    with pytest.raises(ValueError, match=r"x: expected .*, got"):
        instance.forward(x)
    assert instance.out is out


@pytest.mark.parametrize("scale", [-1.0, np.nan, np.inf, "0.1", [0.1], True])
def test_linear_refuses_a_bad_scale(scale):
    with pytest.raises(ValueError, match=r"scale: expected a number from 0, got"):
        Linear(2, 3, scale=scale)


@pytest.mark.parametrize("shape", [(3,), (), (2, 3, 3)])
def test_softmax_refuses_an_x_that_has_no_rows(shape):
    with pytest.raises(ValueError, match=r"x: expected .*, got") as caught:
        Softmax().forward(np.zeros(shape))
    assert str(shape) in str(caught.value)


@pytest.mark.parametrize(
    "sizes", [(0, 3), (3, 0), (-1, 3), (2.5, 3), (3, 2.0), ("2", 3), (None, 3), ([2], 3), (True, 3)]
)
def test_linear_refuses_sizes_that_are_no_counts(sizes):
    with pytest.raises(ValueError, match=r"n_in, n_out: expected whole numbers above 0, got"):
        Linear(*sizes)


@pytest.mark.parametrize("rng", ["seed", 1.5, -1])
def test_linear_refuses_a_bad_rng(rng):
    with pytest.raises((ValueError, TypeError)):
        Linear(2, 3, rng)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Linear(0, 2.5), "n_in, n_out: expected whole numbers above 0, got (0, 2.5)"),
        (lambda: Linear(1, 2, scale=-1), "scale: expected a number from 0, got -1"),
        (lambda: Linear(1, 2).forward([[0, 0]]), "x: expected (batch, 1), got (1, 2)"),
        (lambda: Linear(1, 2).forward([["a"]]), "x: expected an array of numbers, got <U1"),
        (lambda: Tanh().forward("a"), "x: expected an array of numbers, got <U1"),
        (lambda: ReLU().forward("a"), "x: expected an array of numbers, got <U1"),
        (lambda: Sigmoid().forward("a"), "x: expected an array of numbers, got <U1"),
        (lambda: Softmax().forward("a"), "x: expected an array of numbers, got <U1"),
        (lambda: Softmax().forward([1, 2]), "x: expected shape (batch, classes), got (2,)"),
        (lambda: Tanh().backward(1), "backward: expected a forward pass before it, got none"),
    ],
)
def test_an_error_says_in_one_sentence_what_was_expected_and_what_came(call, sentence):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == sentence


@pytest.mark.parametrize("layer", LAYERS)
def test_a_dout_that_does_not_fit_is_told_with_both_shapes(layer):
    instance = make(layer)
    shape = instance.forward(batch()).shape
    with pytest.raises(ValueError) as caught:
        instance.backward(np.zeros((1, 2)))
    assert str(caught.value) == f"dout: expected {shape}, got (1, 2)"
    with pytest.raises(ValueError) as caught:
        instance.backward("a")
    assert str(caught.value) == "dout: expected an array of numbers, got <U1"
