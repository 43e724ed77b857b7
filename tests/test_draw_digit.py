"""Drawing a digit: how strokes become a picture as MNIST's are, and what is shown of the answer."""

import numpy as np
import pytest
from strokes import DIGITS, PLACES, placed

from mlpkit import Linear, Net, ReLU, data, widgets
from mlpkit.widgets.draw_digit import SEVEN, as_mnist


@pytest.fixture(scope="module")
def net():
    rng = np.random.default_rng(0)
    return Net(Linear(784, 12, rng), ReLU(), Linear(12, 10, rng))


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_is_the_same_picture_wherever_and_however_large_it_is_drawn(digit):
    large = as_mnist(DIGITS[digit])
    for place in PLACES.values():
        np.testing.assert_allclose(as_mnist(placed(DIGITS[digit], *place)), large, atol=1e-5)


@pytest.mark.parametrize("digit", DIGITS)
def test_a_digit_is_scaled_and_centered_as_in_mnist(digit):
    image = as_mnist(DIGITS[digit])
    assert image.shape == (28, 28) and image.dtype == np.float32
    assert 0 <= image.min() and image.max() == 1
    rows, columns = np.flatnonzero(image.max(axis=1)), np.flatnonzero(image.max(axis=0))
    longest = max(np.ptp(rows), np.ptp(columns)) + 1
    assert 19 <= longest <= 22  # 20 pixels and a soft border
    middles = np.arange(28) + 0.5
    center = [image.sum(axis=axis) @ middles / image.sum() for axis in (0, 1)]
    np.testing.assert_allclose(center, 14, atol=0.1)


def test_the_lines_have_about_as_much_ink_as_those_of_mnist():
    (x, _), _ = data.mnist()
    drawn = np.mean([as_mnist(strokes).mean() for strokes in DIGITS.values()])
    assert 0.7 < drawn / x[:10_000].mean() < 1.3


def test_nothing_drawn_is_white_paper_and_a_dot_is_a_dot():
    assert not as_mnist([]).any()
    assert not as_mnist([[]]).any()
    dot = as_mnist([[(0.1, 0.9)]])
    assert 3 < dot.sum() < 8 and dot[13:15, 13:15].min() > 0.9


def test_the_bars_show_the_probabilities_of_the_net(net):
    explorer = widgets.draw_digit(net)
    for strokes in DIGITS.values():
        explorer.digit.value = strokes
        assert explorer.panel.message == ""
        scores = net.forward(as_mnist(strokes).reshape(1, -1))[0]
        p = np.exp(scores) / np.exp(scores).sum()
        np.testing.assert_allclose([bar.get_width() for bar in explorer.bars], p, rtol=1e-6)
        assert explorer.facts().startswith(f"The net reads {p.argmax()}.")
        assert explorer.answer.get_text() == f"The net reads {p.argmax()}"


def test_the_first_layers_strongest_units_are_shown(net):
    explorer = widgets.draw_digit(net)
    x = as_mnist(SEVEN).reshape(1, -1)
    out = net.layers[0].forward(x)[0]
    strongest = int(np.argmax(out))
    W = net.layers[0].W[:, strongest].reshape(28, 28)
    np.testing.assert_allclose(explorer.units[0].get_array(), W / np.abs(W).max(), rtol=1e-6)
    assert explorer.units[0].axes.get_title() == f"{out[strongest]:+.1f}"


def test_a_net_of_one_layer_with_few_units_is_shown_too():
    explorer = widgets.draw_digit(Net(Linear(784, 10, 0)))
    explorer.digit.value = DIGITS[3]
    assert explorer.panel.message == ""


def test_clearing_shows_that_nothing_is_drawn(net):
    explorer = widgets.draw_digit(net)
    explorer.digit.value = []
    assert explorer.facts() == "Nothing is drawn yet."
    assert [bar.get_width() for bar in explorer.bars] == [0] * 10


@pytest.mark.parametrize(
    ("layers", "got"),
    [
        ([ReLU(), Linear(784, 10, 0)], "a first layer with W of shape (784, units), got ReLU"),
        ([Linear(100, 10, 0)], "a first layer with W of shape (784, units), got shape (100, 10)"),
        ([Linear(784, 5, 0)], "output of shape (batch, 10), got (1, 5)"),
        ([Linear(784, 12, 0)], "output of shape (batch, 10), got (1, 12)"),
    ],
)
def test_a_net_that_does_not_read_digits_is_refused_by_name(layers, got):
    with pytest.raises(ValueError) as caught:
        widgets.draw_digit(Net(*layers))
    assert str(caught.value) == f"net: expected {got}"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_net_that_has_diverged_gives_no_digit(value):
    net = Net(Linear(784, 10, 0))
    net.layers[0].W[:, 3] = value
    explorer = widgets.draw_digit(net)
    said = "It diverges: the loss is no number any more. A smaller η may help."
    assert explorer.facts() == said and explorer.answer.get_text() == "It diverges"
    assert [bar.get_width() for bar in explorer.bars] == [0] * 10
    assert {text.get_text() for text in explorer.shares} == {""}
    explorer.digit.value = []
    assert explorer.facts() == "Nothing is drawn yet." and explorer.panel.message == ""


NOT_FINITE = [[[(0.1, 0.2), (number, 0.5)]] for number in (np.nan, np.inf, 10**400)]


@pytest.mark.parametrize(
    "bad", ["seven", 7, [[1, 2]], [[("a", "b")]], [[(0.1, 0.2, 0.3)]], *NOT_FINITE]
)
def test_what_is_no_list_of_strokes_is_refused(net, bad):
    explorer = widgets.draw_digit(net)
    before = explorer.facts()
    with pytest.raises(ValueError, match="digit: expected strokes, each a list of points"):
        explorer.digit.value = bad
    assert explorer.facts() == before


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(net):
    explorer = widgets.draw_digit(net)
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
