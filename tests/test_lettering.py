"""Texts that are drawn fast stand where Matplotlib would put them, and look the same."""

import numpy as np
import pytest

from mlpkit.plots.picture import new_figure, style
from mlpkit.widgets.lettering import Lettering


def page():
    with style():
        return new_figure(2, 1)


def drawn(figure, text):
    figure.add_artist(text)
    with style():
        figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(int)


def inked(pixels):
    """The first and last row and column that are not white."""
    rows, columns = np.nonzero((pixels < 128).any(axis=2))
    return np.array([rows.min(), rows.max(), columns.min(), columns.max()])


@pytest.mark.parametrize("ha", ["left", "center", "right"])
@pytest.mark.parametrize("words", ["w₁₁⁽¹⁾ = 0.4", "× ŷ₁(1 − ŷ₁)\n× 0.1997"])
def test_it_stands_where_matplotlib_puts_a_text(ha, words):
    how = {"ha": ha, "va": "center", "fontsize": 9, "transform": None}
    with style():
        figures = page(), page()
        quick = drawn(figures[0], Lettering(110, 55, words, **how))
        slow_text = figures[1].text(110, 55, words, **how)
        figures[1].canvas.draw()
    slow = np.asarray(figures[1].canvas.buffer_rgba())[..., :3].astype(int)
    assert slow_text.get_visible()
    np.testing.assert_allclose(inked(quick), inked(slow), atol=3)
    np.testing.assert_allclose((255 - quick).sum(), (255 - slow).sum(), rtol=0.12)


def test_all_its_ink_lies_in_its_extent():
    figure = page()
    text = Lettering(110, 55, "ŷ₁(1 − ŷ₁) = 0.25\nq", transform=None)
    top, bottom, left, right = inked(drawn(figure, text))
    box = text.get_window_extent()
    height = figure.bbox.height
    assert box.x0 <= left and right < box.x1
    assert box.y0 <= height - 1 - bottom and height - 1 - top < box.y1


def test_color_and_ground_are_exact():
    figure = page()
    pixels = drawn(figure, Lettering(9, 9, "■", color="#D55E00", ground="#00FF00", transform=None))
    colors = {tuple(color) for color in pixels.reshape(-1, 3)}
    assert {(0xD5, 0x5E, 0x00), (0, 255, 0), (255, 255, 255)} <= colors


def test_an_empty_or_hidden_text_draws_nothing():
    figure = page()
    assert (drawn(figure, Lettering(9, 9, "", transform=None)) == 255).all()
    assert (drawn(figure, Lettering(9, 9, "x", visible=False, transform=None)) == 255).all()


def test_bold_is_wider():
    figure = page()
    widths = []
    for weight in ("normal", "bold"):
        text = Lettering(9, 9, "loss", weight=weight, transform=None)
        figure.add_artist(text)
        widths.append(text.get_window_extent().width)
    assert widths[0] < widths[1]
