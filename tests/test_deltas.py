"""The explorer of δ, Δ and D: what it computes, says and shows."""

import numpy as np
import pytest

from mlpkit import Linear, Net, Sigmoid
from mlpkit.widgets.deltas import (
    LAMBDAS,
    LAST,
    STEPS,
    H,
    M,
    X,
    Y,
    as_matrices,
    cost,
    deltas,
    differences,
    fixed,
    gradient,
    place_in_loop,
    reference_accumulate,
    start_theta,
    sums,
    visit,
)


@pytest.fixture(scope="module")
def explorer():
    return deltas()


@pytest.fixture(autouse=True)
def at_the_start(explorer):
    explorer.step.value, explorer.lam.value = 0, 1.0


def by_layers(lam):
    """D from mlpkit's layers, all samples at once: the second road."""
    theta = start_theta()
    net = Net(Linear(2, 2), Sigmoid(), Linear(2, 2), Sigmoid())
    for layer, part in zip(net.layers[::2], theta, strict=True):
        layer.W[...], layer.b[...] = part[:, 1:].T, part[:, 0]
    a = net.forward(X)
    net.backward((a - Y) / (a * (1 - a)) / M)  # the gradient of the cross-entropy by a
    found = []
    for layer in net.layers[::2]:
        dW = layer.dW + lam / M * layer.W
        found.append(np.column_stack([layer.db, dW.T]))
    return found


def random_setting(rng):
    theta = [rng.normal(size=(2, 3)), rng.normal(size=(2, 3))]
    return theta, rng.normal(size=(5, 2)), rng.integers(0, 2, (5, 2))


@pytest.mark.parametrize("lam", [0.0, 1.0, 3.0])
def test_D_is_the_gradient_by_layers_and_by_central_differences(lam):
    theta = start_theta()
    D = reference_accumulate(theta, X, Y, lam)
    for found, layers, numeric in zip(
        D, by_layers(lam), differences(theta, X, Y, lam), strict=True
    ):
        np.testing.assert_allclose(found, layers, rtol=1e-12)
        np.testing.assert_allclose(found, numeric, rtol=1e-6, atol=1e-10)


def test_D_is_the_slope_of_J_for_other_nets_and_samples_too():
    rng = np.random.default_rng(5)
    for _ in range(20):
        theta, x, y = random_setting(rng)
        D = reference_accumulate(theta, x, y, 0.7)
        for found, numeric in zip(D, differences(theta, x, y, 0.7), strict=True):
            np.testing.assert_allclose(found, numeric, rtol=1e-6, atol=1e-9)


def test_delta_is_the_slope_of_one_samples_loss_by_the_net_input():
    theta, nothing = start_theta(), 0.0
    for x, y in zip(X, Y, strict=True):
        one = visit(theta, x, y)
        for layer, delta in enumerate((one.delta2, one.delta3)):
            for j in (0, 1):
                ends = []
                for nudge in (H, -H):  # the bias moves z by as much
                    moved = start_theta()
                    moved[layer][j, 0] += nudge
                    ends.append(cost(moved, x[None], y[None], nothing))
                slope = (ends[0] - ends[1]) / (2 * H)
                np.testing.assert_allclose(delta[j], slope, rtol=1e-7, atol=1e-10)


def test_the_accumulators_grow_by_one_outer_product_a_sample():
    theta = start_theta()
    found = sums(theta, X, Y)
    assert len(found) == M + 1
    for layer, part in enumerate(theta):
        assert found[0][layer].shape == part.shape and not found[0][layer].any()
        for t in range(M):
            one = visit(theta, X[t], Y[t])
            delta, a = ((one.delta2, one.a1), (one.delta3, one.a2))[layer]
            added = found[t + 1][layer] - found[t][layer]
            np.testing.assert_allclose(added, delta[:, None] * a[None], rtol=1e-12, atol=1e-15)


def test_the_bias_column_gets_no_lambda():
    theta = start_theta()
    Delta = sums(theta, X, Y)[-1]
    without, with_it = gradient(Delta, theta, 0.0, M), gradient(Delta, theta, 2.0, M)
    for part, before, after in zip(theta, without, with_it, strict=True):
        np.testing.assert_array_equal(after[:, 0], before[:, 0])
        np.testing.assert_allclose((after - before)[:, 1:], 2 * part[:, 1:] / M, rtol=1e-12)


def test_the_steps_are_called_what_they_do():
    kinds = [place_in_loop(step) for step in range(LAST + 1)]
    assert kinds[0] == ("zero", 0) and kinds[-1] == ("end", M)
    for (kind, t), name in zip(kinds[1:-1], STEPS[1:-1], strict=True):
        ending = {"forward": "forward", "delta": "δ", "add": "add to Δ"}[kind]
        assert name == f"sample {t}: {ending}"


def written(explorer, block):
    """What stands in a pair of matrices of the picture, (2, 2, 3), in the order of the places."""
    found = [text.get_text() for key, text in explorer.entries.items() if key[0] == block]
    return np.array(found).reshape(2, 2, 3)


def assert_readable(explorer):
    """No text covers another one, and none leaves the picture."""
    texts = [text for text in explorer.ax.texts if text.get_text() and text.get_visible()]
    found = [(text.get_text(), text.get_window_extent()) for text in texts]
    width, height = explorer.panel.width, explorer.panel.height
    for i, (text, box) in enumerate(found):
        assert box.x0 >= 0 <= box.y0 and box.x1 <= width and box.y1 <= height, text
        for other, other_box in found[:i]:
            assert not box.overlaps(other_box), (text, other)


def test_every_step_is_readable_and_shows_what_the_loop_has_then(explorer):
    size, theta = (explorer.panel.width, explorer.panel.height), start_theta()
    Delta = [np.zeros((2, 3)), np.zeros((2, 3))]
    for step, name in enumerate(STEPS):
        explorer.step.value = step
        assert explorer.panel.message == ""
        assert f"Step {step} of {LAST}, {name}." in explorer.facts()
        assert explorer.heads[0].get_text() == name
        kind, t = place_in_loop(step)
        if kind == "add":
            more = visit(theta, X[t - 1], Y[t - 1]).outer()
            Delta = [part + added for part, added in zip(Delta, more, strict=True)]
        shown = written(explorer, "Delta").astype(float)
        np.testing.assert_allclose(shown, Delta, atol=5.1e-4)
        for block, kinds in (("outer", ("add",)), ("D", ("end",)), ("numeric", ("end",))):
            assert (written(explorer, block) != "").all() == (kind in kinds)
            assert (written(explorer, block) != "").any() == (kind in kinds)
        seen = [t for (column, t, _i), cell in explorer.cells.items() if cell.get_text()]
        forward, back = t - (kind == "zero"), t - (kind == "forward")
        assert len(seen) == 5 * max(forward, 0) + 4 * back
        assert_readable(explorer)
    assert (explorer.panel.width, explorer.panel.height) == size


def test_every_lambda_gives_the_D_of_the_layers(explorer):
    explorer.step.value = LAST
    for lam in LAMBDAS:
        explorer.lam.value = lam
        assert explorer.panel.message == ""
        assert f"λ = {lam:g}." in explorer.facts()
        assert "Your D is equal to the central differences to 6 digits." in explorer.facts()
        for block in ("D", "own", "numeric"):
            shown = written(explorer, block).astype(float)
            np.testing.assert_allclose(shown, by_layers(lam), atol=5.1e-4)
        assert_readable(explorer)


def test_lambda_moves_at_every_step(explorer):
    for step in range(LAST + 1):
        explorer.step.value = step
        explorer.lam.value = LAMBDAS[step]
        assert explorer.panel.message == ""


def test_the_words_of_a_step_are_its_numbers(explorer):
    explorer.step.value = 3
    assert explorer.facts().splitlines() == [
        "Units 2, 2, 2 (L = 3), m = 4 samples, λ = 1.",
        "Θ⁽¹⁾ = [0.1, 0.4, 0.3; -0.3, -0.2, 0.7], Θ⁽²⁾ = [0.2, 0.5, 0.8; -0.1, -0.6, 0.2].",
        "Step 3 of 13, sample 1: add to Δ.",
        "Δ⁽¹⁾ := Δ⁽¹⁾ + δ⁽²⁾(a⁽¹⁾)ᵀ, Δ⁽²⁾ := Δ⁽²⁾ + δ⁽³⁾(a⁽²⁾)ᵀ.",
        "Shapes: (2 × 1)(1 × 3) = 2 × 3, as Δ and Θ.",
        "Sample 1: x = (0.6, 0.9), y = (1, 0).",
        "a⁽¹⁾ = (1, 0.6, 0.9), a⁽²⁾ = (1, 0.6479, 0.5523), a⁽³⁾ = (0.7243, 0.4065).",
        "δ⁽³⁾ = (-0.2757, 0.4065), δ⁽²⁾ = (-0.08709, -0.03444).",
        "δ⁽²⁾(a⁽¹⁾)ᵀ = [-0.08709, -0.05225, -0.07838; -0.03444, -0.02066, -0.03099], "
        "δ⁽³⁾(a⁽²⁾)ᵀ = [-0.2757, -0.1786, -0.1523; 0.4065, 0.2634, 0.2245].",
        "Δ⁽¹⁾ after 1 of 4 samples: [-0.08709, -0.05225, -0.07838; -0.03444, -0.02066, -0.03099].",
        "Δ⁽²⁾ after 1 of 4 samples: [-0.2757, -0.1786, -0.1523; 0.4065, 0.2634, 0.2245].",
    ]


def test_the_words_of_the_end_compare_three_roads(explorer):
    explorer.step.value = LAST
    assert explorer.facts().splitlines()[-6:] == [
        "J = 1.741.",
        "D⁽¹⁾ = [0.03935, 0.0739, 0.06197; 0.03927, -0.03319, 0.2075].",
        "D⁽²⁾ = [0.1986, 0.2415, 0.3043; -0.08723, -0.161, 0.03657].",
        "Your D⁽¹⁾ = [0.03935, 0.0739, 0.06197; 0.03927, -0.03319, 0.2075].",
        "Your D⁽²⁾ = [0.1986, 0.2415, 0.3043; -0.08723, -0.161, 0.03657].",
        "Your D is equal to the central differences to 6 digits.",
    ]


def with_lambda_on_biases(theta, X, Y, lam):
    return [(D + lam * part) / M for D, part in zip(sums(theta, X, Y)[-1], theta, strict=True)]


def without_lambda(theta, X, Y, lam):
    return reference_accumulate(theta, X, Y, 0.0)


def without_m(theta, X, Y, lam):
    return [M * part for part in reference_accumulate(theta, X, Y, lam)]


@pytest.mark.parametrize(
    ("accumulate", "said"),
    [
        (with_lambda_on_biases, "4 of 12 differ, all in the bias column, which gets no λ."),
        (without_lambda, "8 of 12 differ, none in the bias column."),
        (without_m, "12 of 12 differ."),
    ],
)
def test_it_runs_the_learners_own_function_and_says_what_differs(accumulate, said):
    own = deltas(accumulate=accumulate)
    own.step.value = LAST
    assert f"Your D is NOT equal to the central differences: {said}" in own.facts()
    shown = written(own, "own").astype(float)
    np.testing.assert_allclose(shown, accumulate(start_theta(), X, Y, 1.0), atol=5.1e-4)
    bold = [text.get_weight() for key, text in own.entries.items() if key[0] == "own"]
    assert bold.count("bold") == int(said.split()[0])
    assert_readable(own)
    own.step.value = 0
    assert (written(own, "own") == "").all()


def test_the_learners_function_gets_copies_and_only_at_the_end(explorer):
    calls = []

    def greedy(theta, X, Y, lam):
        calls.append(lam)
        found = reference_accumulate(theta, X, Y, lam)
        for part in (*theta, X, Y):
            part[...] = 9
        return found

    own = deltas(greedy)
    for step in (2, LAST, 5, LAST):
        own.step.value = step
    explorer.step.value = LAST
    assert own.facts() == explorer.facts()
    assert calls == [1.0, 1.0]


@pytest.mark.parametrize(
    "result", [None, 3.0, [], [np.zeros((2, 3))], [np.zeros((2, 2))] * 2, "much", {"D": 1}]
)
def test_a_result_that_is_no_D_is_said_so(result):
    own = deltas(lambda theta, X, Y, lam: result)
    own.step.value = LAST
    assert own.panel.message == ""
    assert "Your accumulate returns no list of two matrices, each 2 × 3." in own.facts()
    assert (written(own, "own") == "").all()
    assert_readable(own)


@pytest.mark.parametrize("value", [np.nan, -np.inf, -1e300, -9999.0, -1234.5, 1e-300])
def test_numbers_out_of_all_bounds_differ_and_stay_in_their_places(value):
    own = deltas(lambda theta, X, Y, lam: [np.full((2, 3), value)] * 2)
    own.step.value = LAST
    assert "NOT equal to the central differences: 12 of 12 differ." in own.facts()
    assert_readable(own)


def test_numbers_of_the_table_are_short():
    values = [0.1234, -0.0001, -12.3456, 1234.0, -9e4, np.nan, np.inf]
    expected = ["0.123", "0.000", "-12.35", "1234", "-huge", "nan", "inf"]
    assert [fixed(value) for value in values] == expected


def test_matrices_are_taken_from_lists_tuples_and_arrays():
    theta = start_theta()
    for value in ([part.tolist() for part in theta], tuple(theta), np.array(theta)):
        np.testing.assert_array_equal(as_matrices(value, theta), theta)


def test_what_goes_wrong_in_the_learners_function_is_shown_in_the_panel():
    def breaks(theta, X, Y, lam):
        raise IndexError("t")

    own = deltas(breaks)
    assert own.panel.message == ""
    own.step.value = LAST
    assert own.panel.message == "Your code stopped with IndexError: t"
    own.step.value = 4
    assert own.panel.message == ""


def test_two_explorers_do_not_share_anything(explorer):
    before = explorer.facts(), bytes(explorer.panel.picture)
    other = deltas()
    other.step.value, other.lam.value = LAST, 3.0
    assert (explorer.facts(), bytes(explorer.panel.picture)) == before


@pytest.mark.parametrize("step", [0, LAST])
def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer, step):
    explorer.step.value = step
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
