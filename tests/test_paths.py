"""The explorer of the two paths to one weight: what it computes, says and shows."""

import numpy as np
import pytest

from mlpkit import Linear, Net, Sigmoid, SquaredLoss, data
from mlpkit.widgets.paths import (
    BOTH,
    FACTORS,
    FIRST,
    RATES,
    SECOND,
    TARGETS,
    WEIGHTS,
    equal,
    loss_of,
    paths,
    reference_path_sum,
    trace,
    with_w11,
)

W11 = "w₁₁⁽¹⁾"


@pytest.fixture(scope="module")
def explorer():
    return paths()


@pytest.fixture(autouse=True)
def at_the_start(explorer):
    for name, value in (("path", BOTH), ("step", FACTORS), ("w11", 0.4), ("y1", 0.9), ("lr", 0.5)):
        getattr(explorer, name).value = value


def by_layers(net, x, y):
    """The loss and dW of layer 1 from mlpkit's layers and loss: the second road."""
    layers = Linear(2, 2), Sigmoid(), Linear(2, 2), Sigmoid()
    layers[0].W[...], layers[0].b[...] = net.W1, net.b1
    layers[2].W[...], layers[2].b[...] = net.W2, net.b2
    whole, loss = Net(*layers), SquaredLoss()
    # The mean over the outputs is that of two samples with one output each.
    value = loss.forward(whole.forward(x[None]).T, y[:, None])
    whole.backward(loss.backward().T)
    return value, layers[0].dW


def settings():
    for w11 in WEIGHTS:
        for y1 in TARGETS:
            net, x, y = data.net222()
            yield with_w11(net, w11), x, np.array([y1, y[1]])


def test_both_products_add_up_to_the_gradient_by_layers_and_by_central_differences():
    for net, x, y in settings():
        found = trace(net, x, y)
        loss, dW = by_layers(net, x, y)
        np.testing.assert_allclose(found.loss, loss, rtol=1e-13)
        np.testing.assert_allclose(found.products().sum(), dW[0, 0], rtol=1e-11, atol=1e-16)
        np.testing.assert_allclose(found.numeric, dW[0, 0], rtol=1e-6, atol=1e-10)
        np.testing.assert_allclose(reference_path_sum(net, x, y), dW[0, 0], rtol=1e-11, atol=1e-16)


def test_each_path_is_what_one_output_alone_does_to_the_loss():
    net, x, y = data.net222()
    found, h = trace(net, x, y), 1e-5
    for k in (0, 1):
        ends = [trace(with_w11(net, 0.4 + d), x, y).out[k] for d in (h, -h)]
        halves = [0.5 * (y[k] - out) ** 2 for out in ends]
        slope = (halves[0] - halves[1]) / (2 * h)
        np.testing.assert_allclose(found.products()[k], slope, rtol=1e-8)


def test_the_product_grows_by_one_factor_a_step_and_the_last_two_factors_are_shared():
    found = trace(*data.net222())
    np.testing.assert_array_equal(found.products(0), [1, 1])
    for step in range(FACTORS):
        longer = found.products(step) * found.factors[:, step]
        np.testing.assert_allclose(found.products(step + 1), longer, rtol=1e-14)
    np.testing.assert_array_equal(*found.factors[:, 3:])


def test_the_start_says_all_numbers(explorer):
    assert explorer.facts().splitlines() == [
        "Sample x = (0.6, 0.9), y = (0.9, 0.1); w₁₁⁽¹⁾ = 0.4 leads from x₁ to hidden unit 1.",
        "Layer 1: net = (0.61, 0.21), a = (0.6479, 0.5523).",
        "Layer 2: net = (0.9658, -0.3783), ŷ = (0.7243, 0.4065).",
        "L = ½[(y₁ − ŷ₁)² + (y₂ − ŷ₂)²] = 0.06242; the ½ counts outputs, not samples.",
        "Path 1, 5 of 5 factors: ∂L/∂ŷ₁ × ŷ₁(1 − ŷ₁) × w₁₁⁽²⁾ × a₁⁽¹⁾(1 − a₁⁽¹⁾) × x₁ = "
        "-0.1757 × 0.1997 × 0.5 × 0.2281 × 0.6 = -0.002401.",
        "Path 2, 5 of 5 factors: ∂L/∂ŷ₂ × ŷ₂(1 − ŷ₂) × w₁₂⁽²⁾ × a₁⁽¹⁾(1 − a₁⁽¹⁾) × x₁ = "
        "0.3065 × 0.2413 × (-0.6) × 0.2281 × 0.6 = -0.006073.",
        "Sum: ∂L/∂w₁₁⁽¹⁾ = -0.002401 + (-0.006073) = -0.008475.",
        "Common factors taken out: (-0.01754 + (-0.04437)) × 0.2281 × 0.6 = -0.008475.",
        "Your path_sum: -0.008475; central difference with h = 1e-5: -0.008475 → "
        "equal to 6 digits.",
        "New w₁₁⁽¹⁾ = 0.4 − 0.5 × (-0.008475) = 0.4042; the loss goes from 0.06242 to 0.06238.",
    ]


def boxes(explorer):
    """What is written in the picture, with its place in pixels."""
    texts = [text for text in explorer.ax.texts if text.get_text() and text.get_visible()]
    return [(text.get_text(), text.get_window_extent()) for text in texts]


def assert_readable(explorer):
    """No text covers another one, and none leaves the picture."""
    found = boxes(explorer)
    width, height = explorer.panel.width, explorer.panel.height
    for i, (text, box) in enumerate(found):
        assert box.x0 >= 0 <= box.y0 and box.x1 <= width and box.y1 <= height, text
        for other, other_box in found[:i]:
            assert not box.overlaps(other_box), (text, other)


@pytest.mark.parametrize("path", [BOTH, FIRST, SECOND])
def test_every_step_of_every_path_is_readable_and_lights_as_many_edges(explorer, path):
    size = explorer.panel.width, explorer.panel.height
    explorer.path.value = path
    for step in range(FACTORS + 1):
        explorer.step.value = step
        assert explorer.panel.message == ""
        lit = [sum(part.get_visible() for part in parts) for parts in explorer.lit]
        assert lit == [2 * step if path != SECOND else 0, 2 * step if path != FIRST else 0]
        said = [line.split(",")[0] for line in explorer.facts().splitlines() if "factors:" in line]
        assert said == [f"Path {k + 1}" for k in (0, 1) if lit[k]]
        assert ("Factors still missing" in explorer.facts()) == (step < FACTORS)
        assert_readable(explorer)
    assert (explorer.panel.width, explorer.panel.height) == size


@pytest.mark.parametrize(("name", "values"), [("w11", WEIGHTS), ("y1", TARGETS), ("lr", RATES)])
def test_every_slider_moves_over_its_whole_range(explorer, name, values):
    for value in values:
        getattr(explorer, name).value = value
        assert explorer.panel.message == ""
        assert "equal to 6 digits" in explorer.facts()
        net, x, y = data.net222()
        net, y = with_w11(net, explorer.w11.value), np.array([explorer.y1.value, y[1]])
        dw = by_layers(net, x, y)[1][0, 0]
        new = net.W1[0, 0] - explorer.lr.value * dw
        after = loss_of(with_w11(net, new), x, y)
        assert f" = {new:.4g}; the loss goes from" in explorer.facts()
        assert f"to {after:.4g}." in explorer.facts()
        assert_readable(explorer)


def test_one_path_alone_is_said_not_to_be_the_gradient(explorer):
    explorer.path.value = SECOND
    assert f"This path alone is -0.006073: not yet ∂L/∂{W11}." in explorer.facts()
    assert "Sum:" not in explorer.facts()
    explorer.path.value = BOTH
    assert "not yet" not in explorer.facts()


def test_it_runs_the_learners_own_function_and_says_when_a_path_is_forgotten():
    def one_path(net, x, y):
        return trace(net, x, y).products()[0]

    own = paths(path_sum=one_path)
    assert "Your path_sum: -0.002401; central difference" in own.facts()
    assert "-0.008475 → NOT equal." in own.facts()
    assert f"New {W11} = 0.4 − 0.5 × (-0.002401) = 0.4012;" in own.facts()
    assert_readable(own)


def test_the_learners_function_gets_copies_and_only_when_all_factors_are_there(explorer):
    calls = []

    def greedy(net, x, y):
        calls.append(net.W1[0, 0])
        found = reference_path_sum(net, x, y)
        net.W1[...], x[...], y[...] = 9, 9, 9
        return found

    own = paths(greedy)
    assert own.facts() == explorer.facts()
    own.w11.value = 0.5
    own.step.value = 2
    own.w11.value = 0.4
    own.step.value = FACTORS
    assert own.facts() == explorer.facts()
    assert calls == [0.4, 0.5, 0.4]


@pytest.mark.parametrize("result", [None, "much", {"dw": 1}, np.zeros(1), np.zeros((2, 2))])
def test_a_function_without_a_number_is_said_so(result):
    own = paths(lambda net, x, y: result)
    assert "Your path_sum returns no single number; central difference: -0.008475." in own.facts()
    assert f"No new {W11} without a number." in own.facts()
    assert_readable(own)


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e300])
def test_a_number_out_of_all_bounds_is_not_equal(value):
    own = paths(lambda net, x, y: value)
    assert "NOT equal" in own.facts()
    assert (f"No new {W11}" in own.facts()) == (not np.isfinite(value))
    assert_readable(own)


def test_what_goes_wrong_in_the_learners_function_is_shown_in_the_panel():
    def breaks_at_one(net, x, y):
        if net.W1[0, 0] == 1:
            raise KeyError("dw")
        return 0.0

    own = paths(breaks_at_one)
    own.w11.value = 1.0
    assert own.panel.message == "Your code stopped with KeyError: 'dw'"
    own.w11.value = 0.9
    assert own.panel.message == ""


def test_equal_means_6_digits():
    assert equal(0.1234567, 0.12345672)
    assert not equal(0.123456, 0.123457)
    assert equal(0.0, 1e-11)
    assert not equal(np.nan, 1.0)


def test_two_explorers_do_not_share_anything(explorer):
    before = explorer.facts(), bytes(explorer.panel.picture)
    other = paths()
    other.w11.value, other.step.value = -2.0, 1
    assert (explorer.facts(), bytes(explorer.panel.picture)) == before
    assert data.net222()[0].W1[0, 0] == 0.4


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
