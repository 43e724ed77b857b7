"""Formulas and hand values of the companion lessons that none of their cells asserts.

By lesson and section; what a lesson claims in words is tested by nudging or by counting.
"""

import numpy as np
import pytest

import mlpkit
from mlpkit import CrossEntropyLoss, Linear, Net, ReLU, Sigmoid, check_gradients, data
from mlpkit.checks import reference

H = 1e-5


def slopes(f, at, h=H):
    """Central differences of f, a number or an array, by each entry of the vector `at`."""
    return np.array([(f(at + n) - f(at - n)) / (2 * h) for n in h * np.eye(len(at))])


def slope(f, at, h=H):
    """The central difference of f by a single number."""
    return (f(at + h) - f(at - h)) / (2 * h)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


# --- GradientDescent, 1. Errors

Y_HAT, TARGET = np.array([21.0, 29, 43, 25]), np.array([20.0, 30, 40, 30])


def sse(y_hat):
    return np.sum((y_hat - TARGET) ** 2)


def test_descent_1_the_four_rides_by_hand():
    r = Y_HAT - TARGET
    assert r.tolist() == [1, -1, 3, -5]
    found = sse(Y_HAT), sse(Y_HAT) / 4, reference.rmse(Y_HAT, TARGET), np.mean(np.abs(r))
    assert found == (36, 9, 3, 2.5)


def test_descent_1_each_slope_of_the_mse_is_two_residuals_by_n():
    by_formula = reference.squared_error(Y_HAT, TARGET)[1]
    np.testing.assert_allclose(by_formula, 2 * (Y_HAT - TARGET) / 4)
    np.testing.assert_allclose(slopes(lambda p: sse(p) / 4, Y_HAT), by_formula, rtol=1e-8)


def test_descent_1_slopes_of_the_sse_are_n_times_those_of_the_mse():
    by_formula = reference.squared_error(Y_HAT, TARGET)[1]
    np.testing.assert_allclose(slopes(sse, Y_HAT), 4 * by_formula, rtol=1e-8)


def test_descent_1_slopes_of_the_rmse_are_those_of_the_mse_by_twice_the_rmse():
    nudged = slopes(lambda p: reference.rmse(p, TARGET), Y_HAT)
    by_formula = reference.squared_error(Y_HAT, TARGET)[1]
    np.testing.assert_allclose(nudged, by_formula / (2 * 3), rtol=1e-8)


def test_descent_1_the_mean_is_best_for_squares_and_the_median_for_absolute_errors():
    y = np.array([20.0, 31, 45, 46, 90])
    c = np.arange(0, 100, 0.1)
    r = c[:, None] - y
    for measure in (np.sum(r**2, axis=1), np.mean(r**2, axis=1), np.mean(r**2, axis=1) ** 0.5):
        assert c[np.argmin(measure)] == pytest.approx(np.mean(y), abs=0.05)
    assert c[np.argmin(np.mean(np.abs(r), axis=1))] == pytest.approx(np.median(y), abs=0.05)


def test_descent_1_each_subgradient_from_minus_1_to_1_supports_the_absolute_value_from_below():
    r = np.linspace(-3, 3, 61)
    for s in np.linspace(-1, 1, 21):
        assert np.all(s * r <= np.abs(r) + 1e-15)
    for s in (-1.01, 1.01):
        assert np.any(s * r > np.abs(r))
    assert [slope(np.abs, -2.0), slope(np.abs, 2.0)] == pytest.approx([-1, 1])


# --- GradientDescent, 2. Derivative and gradient


def test_descent_2_the_gradient_of_x_squared_plus_y_cubed():
    for at in np.array([[3.0, -1.0], [0.5, 1.5], [-2.0, -0.5]]):
        nudged = slopes(lambda p: p[0] ** 2 + p[1] ** 3, at)
        np.testing.assert_allclose(nudged, [2 * at[0], 3 * at[1] ** 2], atol=1e-9)
        np.testing.assert_allclose(reference.surface_gradient(*at), nudged, atol=1e-9)


def test_descent_2_the_gradient_is_steepest_at_a_right_angle_to_the_level_line():
    gradient = np.array([6.0, -2.0])  # of x² + y² at (3, -1)
    turns = np.linspace(0, 2 * np.pi, 3601)
    directions = np.column_stack([np.cos(turns), np.sin(turns)])
    steep = [
        slope(lambda t, d=d: np.sum((np.array([3, -1]) + t * d) ** 2), 0.0) for d in directions
    ]
    best = directions[np.argmax(steep)]
    np.testing.assert_allclose(best, gradient / np.linalg.norm(gradient), atol=2e-3)
    assert max(steep) == pytest.approx(np.linalg.norm(gradient), rel=1e-6)
    assert gradient @ np.array([1, 3]) == 0  # the circle through (3, -1) runs this way


@pytest.mark.parametrize(("start", "ends_below"), [(1.5, False), (0.0, False), (-0.5, True)])
def test_descent_2_below_y_0_the_surface_has_no_minimum(start, ends_below):
    y = start
    for _ in range(60):
        y = max(y - 0.1 * reference.surface_gradient(0.0, y)[1], -1e6)
    assert (y < -1e5) == ends_below
    assert y >= 0 or ends_below


# --- GradientDescent, 3. One step downhill


def loss_of_one_sample(w, b):
    return (2 * w + b - 5) ** 2


def test_descent_3_both_gradients_first_reach_loss_0():
    dw, db = (
        slope(lambda w: loss_of_one_sample(w, 0), 0.0),
        slope(lambda b: loss_of_one_sample(0, b), 0.0),
    )
    assert (dw, db) == pytest.approx((-20, -10))
    w, b = reference.update(0.0, 0.0, -20, -10, 0.1)
    assert loss_of_one_sample(0, 0) == 25
    assert loss_of_one_sample(w, b) == pytest.approx(0, abs=1e-15)


def test_descent_3_moving_w_first_gives_b_02_and_loss_064():
    w = 0 - 0.1 * -20
    b = 0 - 0.1 * slope(lambda b: loss_of_one_sample(w, b), 0.0)
    assert (w, b) == pytest.approx((2, 0.2))
    assert loss_of_one_sample(w, b) == pytest.approx(0.64)


@pytest.mark.parametrize("lr", [0.01, 0.03, 0.05, 0.06])
def test_descent_3_in_the_narrow_valley_a_step_multiplies_y_by_1_minus_40_eta(lr):
    gradient = slopes(lambda p: p[0] ** 2 + 20 * p[1] ** 2, np.array([2.5, 1.5]))
    x, y = reference.update(2.5, 1.5, *gradient, lr)
    assert (x, y) == pytest.approx(((1 - 2 * lr) * 2.5, (1 - 40 * lr) * 1.5))
    assert (abs(1 - 40 * lr) > 1 + 1e-12) == (lr == 0.06)  # too much, though 0.06 is far from 1


# --- GradientDescent, 4. Epochs and batches


@pytest.mark.parametrize(
    ("n", "size", "updates", "last"),
    [(1000, 1000, 1, 1000), (1000, 50, 20, 50), (1000, 1, 1000, 1), (1000, 64, 16, 40)],
)
def test_descent_4_an_epoch_has_n_by_b_updates_rounded_up(n, size, updates, last):
    rows = np.arange(n)
    parts = [x for x, _y in reference.minibatches(rows, rows, size, np.random.default_rng(0))]
    assert (len(parts), len(parts[-1])) == (updates, last) == (-(-n // size), last)
    assert sorted(np.concatenate(parts)) == rows.tolist()


def test_descent_4_the_gradient_by_w_is_x_transposed_times_that_by_the_prediction():
    rng = np.random.default_rng(0)
    x, y, t = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=4)
    dy_hat = reference.squared_error(x @ t[:3] + t[3], y)[1]
    nudged = slopes(lambda t: np.mean((x @ t[:3] + t[3] - y) ** 2), t)
    np.testing.assert_allclose([*x.T @ dy_hat, dy_hat.sum()], nudged, rtol=1e-7)


# --- GradientDescent, 5. Local minima and saddles


def surface(p):
    return (p[0] ** 2 - 4) ** 2 / 16 + p[0] / 5 + p[1] ** 2


@pytest.mark.parametrize("x", [-2.5, -2.093, 0.202, 1.0, 1.891])
def test_descent_5_gradient_and_bend_of_the_surface_with_two_minima(x):
    nudged = slopes(surface, np.array([x, 0.7]))
    np.testing.assert_allclose(nudged, [x * (x**2 - 4) / 4 + 1 / 5, 1.4], atol=1e-8)
    bend = slope(lambda x: x * (x**2 - 4) / 4 + 1 / 5, x)
    assert bend == pytest.approx((3 * x**2 - 4) / 4, rel=1e-7)
    assert x * (x**2 - 4) / 4 + 1 / 5 == pytest.approx((x**3 - 4 * x + 0.8) / 4)


def test_descent_5_the_loss_of_the_sigmoid_neuron_is_not_convex():
    def loss(w):
        return (sigmoid(w) - 1) ** 2

    assert loss(-5) == pytest.approx(0.987, abs=5e-4)
    assert (loss(-10) + loss(0)) / 2 == pytest.approx(0.625, abs=5e-4)


# --- GradientDescent, 6. Where the gradient comes from


def test_descent_6_the_slope_of_the_sigmoid_is_o_times_1_minus_o():
    z = np.linspace(-4, 4, 17)
    o = sigmoid(z)
    np.testing.assert_allclose(slope(sigmoid, z), o * (1 - o), rtol=1e-8)


def test_descent_6_the_neuron_by_hand_and_its_steps_with_and_against_the_gradient():
    w, b, x = np.array([0.5, -0.25]), 0.0, np.array([1.0, 2.0])
    loss, dw, db = reference.neuron(w, b, x, 1.0)
    assert (loss, *dw, db) == (0.25, -0.25, -0.5, -0.25)
    for lr, after in ((1, 0.033), (-1, 0.668)):
        moved = reference.neuron(w - lr * dw, b - lr * db, x, 1.0)[0]
        assert moved == pytest.approx(after, abs=5e-4)
    assert (w - dw) @ x + b - db == 1.5


def test_descent_6_with_n_samples_the_gradient_is_the_mean_of_the_samples():
    rng = np.random.default_rng(0)
    w, b, x, y = rng.normal(size=2), 0.3, rng.normal(size=(5, 2)), np.array([1.0, 0, 0, 1, 1])
    parts = [reference.neuron(w, b, *sample) for sample in zip(x, y, strict=True)]
    new_w, new_b = reference.neuron_step(w, b, x, y, 0.7)
    np.testing.assert_allclose(new_w, w - 0.7 * np.mean([dw for _, dw, _ in parts], axis=0))
    assert new_b == pytest.approx(b - 0.7 * np.mean([db for _, _, db in parts]))


# --- Backpropagation, 1. The chain rule


def test_backpropagation_1_gradients_add_up_where_paths_meet():
    z = 10.0
    branches = slope(lambda u: 8 * u**3, z), slope(lambda u: u**2, z)
    assert branches == pytest.approx((2400, 20))
    assert reference.dy_dx(1.0) == sum(map(round, branches)) * 5
    assert reference.dy_dx(0.0) == 0


# --- Backpropagation, 2. One neuron


def test_backpropagation_2_an_input_of_0_leaves_only_its_own_weight_without_gradient():
    _loss, dw, db = reference.neuron(np.array([1.0, -3.0]), 1.0, np.array([0.0, 1.0]), 0.0)
    assert dw[0] == 0
    assert min(abs(dw[1]), abs(db)) > 0.01


def test_backpropagation_2_a_neuron_that_errs_badly_hardly_learns():
    loss, _dw, db = reference.neuron(np.array([3.0, -3.0]), 1.0, np.array([2.0, 1.0]), 0.0)
    assert loss > 0.95  # of at most 1
    assert db == pytest.approx(0.03, abs=0.005)


# --- Backpropagation, 3. The 2-2-2 network


def layers_222(net, x):
    """Return a1 and ŷ."""
    a1 = sigmoid(x @ net.W1 + net.b1)
    return a1, sigmoid(a1 @ net.W2 + net.b2)


def deltas_222(net, x, y):
    """Return δ² and δ¹ by the lesson's formulas."""
    a1, y_hat = layers_222(net, x)
    delta2 = (y_hat - y) * y_hat * (1 - y_hat)
    return delta2, (net.W2 @ delta2) * a1 * (1 - a1)


def test_backpropagation_3_the_half_cancels_the_2_of_the_square():
    net, x, y = data.net222()
    y_hat = layers_222(net, x)[1]
    nudged = slopes(lambda p: ((y[0] - p[0]) ** 2 + (y[1] - p[1]) ** 2) / 2, y_hat)
    np.testing.assert_allclose(nudged, y_hat - y, rtol=1e-9)
    assert np.mean((y - y_hat) ** 2) == pytest.approx(np.sum((y - y_hat) ** 2) / 2)


def test_backpropagation_3_delta_is_the_slope_by_z_in_both_layers():
    net, x, y = data.net222()
    a1, _y_hat = layers_222(net, x)
    delta2, delta1 = deltas_222(net, x, y)
    by_z2 = slopes(lambda z: np.mean((sigmoid(z) - y) ** 2), a1 @ net.W2 + net.b2)
    by_z1 = slopes(
        lambda z: np.mean((sigmoid(sigmoid(z) @ net.W2 + net.b2) - y) ** 2), x @ net.W1 + net.b1
    )
    np.testing.assert_allclose(delta2, by_z2, rtol=1e-8)
    np.testing.assert_allclose(delta1, by_z1, rtol=1e-8)


def test_backpropagation_3_the_other_weight_and_the_bias_reuse_delta():
    net, x, y = data.net222()
    delta1 = deltas_222(net, x, y)[1][0]

    def loss(change):
        """By changes of w₁₁, w₂₁ and b₁ of the first layer."""
        W1, b1 = net.W1.copy(), net.b1.copy()
        W1[:, 0] += change[:2]
        b1[0] += change[2]
        return np.mean((layers_222(net._replace(W1=W1, b1=b1), x)[1] - y) ** 2)

    nudged = slopes(loss, np.zeros(3))
    np.testing.assert_allclose(nudged, delta1 * np.array([x[0], x[1], 1]), rtol=1e-8)
    assert reference.path_sum(net, x, y) == pytest.approx(nudged[0], rel=1e-8)


@pytest.mark.parametrize(("y1", "first"), [(0.9, -0.002401), (0.7, 0.000332), (0.5, 0.003066)])
def test_backpropagation_3_moving_the_target_changes_only_its_own_path(y1, first):
    net, x, y = data.net222()
    y[0] = y1
    a1 = layers_222(net, x)[0]
    paths = deltas_222(net, x, y)[0] * net.W2[0] * a1[0] * (1 - a1[0]) * x[0]
    assert paths == pytest.approx([first, -0.006073], abs=1e-6)
    assert paths.sum() == pytest.approx(reference.path_sum(net, x, y))


def test_backpropagation_3_three_hidden_layers_of_100_have_10_000_paths_to_an_output():
    from_one_unit = np.ones((1, 100), dtype=int) @ np.ones((100, 100), dtype=int)
    assert (from_one_unit @ np.ones((100, 1), dtype=int)).item() == 10_000


# --- Backpropagation, 4. In matrices

SCORES, GOAL = np.array([1.0, -2.0, 3.0]), np.array([0.0, 0.0, 1.0])


def test_backpropagation_4_the_slope_of_the_sigmoid_cancels_with_cross_entropy():
    p = sigmoid(SCORES)
    nudged = slopes(lambda p: -GOAL @ np.log(p) - (1 - GOAL) @ np.log(1 - p), p)
    np.testing.assert_allclose(nudged, (p - GOAL) / (p * (1 - p)), rtol=1e-6)
    np.testing.assert_allclose((p - GOAL) / (p * (1 - p)) * (p * (1 - p)), p - GOAL)


def test_backpropagation_4_the_jacobian_of_softmax_turns_minus_y_by_p_into_p_minus_y():
    p = softmax(SCORES)
    jacobian = np.diag(p) - np.outer(p, p)
    np.testing.assert_allclose(-GOAL / p @ jacobian, p - GOAL, atol=1e-15)
    assert (p - GOAL).sum() == pytest.approx(0, abs=1e-15)


def test_backpropagation_4_a_tanh_of_minus_08_has_slope_036_and_not_minus_144():
    a = -0.8
    assert slope(np.tanh, np.arctanh(a)) == pytest.approx(1 - a**2) == pytest.approx(0.36)
    assert a * (1 - a) == pytest.approx(-1.44)


def test_backpropagation_4_hidden_delta_by_hand_and_without_its_transpose():
    delta2, W2 = np.array([[1.0, 2.0]]), np.array([[1.0, 3.0], [0.0, 5.0]])
    assert (delta2 @ W2.T).tolist() == [[7, 10]]
    assert (delta2 @ W2).tolist() == [[1, 13]]
    assert reference.hidden_delta(delta2, W2, np.full((1, 2), 0.5)).tolist() == [[1.75, 2.5]]
    with pytest.raises(ValueError, match="matmul"):
        delta2 @ np.ones((3, 2))


def test_backpropagation_4_the_products_are_sums_over_paths_and_over_samples():
    rng = np.random.default_rng(0)
    A, delta, W = rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), rng.normal(size=(3, 2))
    np.testing.assert_allclose(A.T @ delta, sum(map(np.outer, A, delta)))
    for i, j in np.ndindex(5, 3):
        assert (delta @ W.T)[i, j] == pytest.approx(sum(delta[i, k] * W[j, k] for k in range(2)))


def test_backpropagation_4_one_division_by_n_at_the_loss_or_at_the_end():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(5, 2)), np.array([0, 1, 1, 0, 1])
    layer, loss = Linear(2, 2, rng), CrossEntropyLoss()
    loss.forward(layer.forward(x), y)
    layer.backward(loss.backward())
    on_paper = loss.backward() * 5
    np.testing.assert_allclose(on_paper, [softmax(z) for z in layer.out] - np.eye(2)[y])
    np.testing.assert_allclose(layer.dW, x.T @ on_paper / 5)
    np.testing.assert_allclose(layer.db, on_paper.mean(axis=0))


# --- Backpropagation, 5. δ, Δ and D


def one_sample(seed=0):
    """Random Θ of 3 layers of weights, a sample and its target."""
    rng = np.random.default_rng(seed)
    theta = [rng.normal(size=shape) for shape in ((4, 3), (2, 5), (3, 3))]
    return theta, rng.normal(size=2), np.array([1.0, 0.0, 1.0])


def cost_from(z, theta, y):
    """J_t as a function of the z that enters a layer, with the Θ behind it."""
    for T in theta:
        z = T @ np.append(1, sigmoid(z))
    return -y @ np.log(sigmoid(z)) - (1 - y) @ np.log(1 - sigmoid(z))


def test_backpropagation_5_the_table_by_hand():
    x, theta = np.array([[1.0, 1, 2], [1, 2, 3]]), np.array([1.0, 1, -1])
    delta = sigmoid(x @ theta) - np.array([1, 0])
    assert delta.tolist() == [-0.5, 0.5]
    added = delta[:, None] * x
    assert added.tolist() == [[-0.5, -0.5, -1], [0.5, 1, 1.5]]
    assert np.cumsum(added, axis=0)[-1].tolist() == [0, 0.5, 0.5]
    D = reference.accumulate([theta[None]], x[:, 1:], np.array([[1.0], [0.0]]), 1.0)
    assert D[0].tolist() == [[0, 0.75, -0.25]]


def test_backpropagation_5_theta_is_the_bias_beside_the_transposed_weights():
    net, x, _y = data.net222()
    theta = np.column_stack([net.b1, net.W1.T])
    assert theta.shape == (2, 2 + 1)
    np.testing.assert_allclose(theta @ np.append(1, x), x @ net.W1 + net.b1)


def test_backpropagation_5_the_error_terms_are_the_slopes_by_z():
    theta, x, y = one_sample()
    z, a = [None], [np.append(1, x)]
    for T in theta:
        z.append(T @ a[-1])
        a.append(np.append(1, sigmoid(z[-1])))
    delta = a[-1][1:] - y
    for layer in (2, 1, 0):
        behind = theta[layer + 1 :]
        nudged = slopes(lambda z, behind=behind: cost_from(z, behind, y), z[layer + 1])
        np.testing.assert_allclose(delta, nudged, rtol=1e-6, atol=1e-9)
        D = reference.accumulate(theta, x[None], y[None], 0.0)[layer]
        np.testing.assert_allclose(D, np.outer(delta, a[layer]))
        delta = (theta[layer].T @ delta * a[layer] * (1 - a[layer]))[1:]


def test_backpropagation_5_the_sum_of_outer_products_is_one_matrix_product():
    rng = np.random.default_rng(0)
    delta, A = rng.normal(size=(6, 3)), rng.normal(size=(6, 4))
    np.testing.assert_allclose(sum(map(np.outer, delta, A)), delta.T @ A)


def test_backpropagation_5_lambda_changes_all_of_d_but_the_bias_column():
    theta, x, y = one_sample()
    given = [T.copy() for T in theta], np.array([x, -x]), np.array([y, 1 - y])
    weak, strong = (reference.accumulate(*given, lam) for lam in (1.0, 3.0))
    for low, high, T in zip(weak, strong, theta, strict=True):
        np.testing.assert_array_equal(low[:, 0], high[:, 0])
        np.testing.assert_allclose(high[:, 1:] - low[:, 1:], (3 - 1) * T[:, 1:] / 2)


# --- Backpropagation, 6. Gradient checking


def test_backpropagation_6_two_sides_are_better_than_one():
    assert 2.1**3 - 1.9**3 == pytest.approx(9.261 - 6.859)
    assert slope(lambda w: w**3, 2.0, 0.1) == pytest.approx(12.01)
    assert (2.1**3 - 2**3) / 0.1 == pytest.approx(12.61)


@pytest.mark.parametrize("h", [0.1, 0.03, 0.01])
def test_backpropagation_6_truncation_is_h_squared_by_6_times_the_third_derivative(h):
    error = slope(np.sin, 0.7, h) - np.cos(0.7)
    assert error == pytest.approx(-np.cos(0.7) * h**2 / 6, rel=h**2)
    smaller = slope(np.sin, 0.7, h / 10) - np.cos(0.7)
    assert error / smaller == pytest.approx(100, rel=0.01)


@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_backpropagation_6_the_best_h_is_near_the_cube_root_of_epsilon(kind):
    def error(h):
        """The largest one at 50 points: that of a single point may be small by chance."""
        w = np.linspace(1, 2, 50).astype(kind)
        up, down = w + kind(h), w - kind(h)
        nudged = (up * up * up - down * down * down) / kind(2 * h)
        return np.max(np.abs(nudged.astype(float) / (3 * w.astype(float) ** 2) - 1))

    steps = 10.0 ** np.arange(-7, 0, 0.25)
    best = steps[np.argmin([error(h) for h in steps])]
    root = np.finfo(kind).eps ** (1 / 3)
    assert root / 6 < best < root * 6
    least = error(best)
    assert (least < 1e-7) == (kind is np.float64)
    assert error(root / 1000) > 10 * least  # round-off


@pytest.mark.parametrize("h", [1e-1, 1e-3])
def test_backpropagation_6_across_a_kink_nudging_mixes_both_slopes(h):
    def relu(z):
        return np.maximum(z, 0)

    assert slope(relu, 0.0, h) == 0.5
    assert slope(relu, h / 2, h) == pytest.approx(0.75)
    assert slope(relu, 2 * h, h) == pytest.approx(1)


@pytest.mark.parametrize(
    ("factor", "verdict"), [(1, "right"), (1 + 1e-6, "suspicious"), (1.0001, "wrong")]
)
def test_backpropagation_6_verdicts_of_check_gradients(factor, verdict):
    class Off(Sigmoid):
        def backward(self, dout):
            return factor * super().backward(dout)

    x, y = data.blobs(n=20)
    net = Net(Linear(2, 5, rng=0), Off(), Linear(5, 3, rng=1))
    assert check_gradients(net, CrossEntropyLoss(), x, y).verdict == verdict


def test_backpropagation_6_check_gradients_skips_and_counts_nudges_across_a_kink():
    net = Net(Linear(1, 1, rng=0), ReLU(), Linear(1, 1, rng=1))
    net.layers[0].W[:], net.layers[0].b[:] = 1.0, 0.0
    x, y = np.array([[1e-6], [1.0]]), np.array([[1.0], [0.5]])
    report = check_gradients(net, mlpkit.SquaredLoss(), x, y)
    assert report.skipped > 0
