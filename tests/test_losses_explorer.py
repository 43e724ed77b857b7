"""The explorer of losses and an outlier: what it computes, says and shows."""

import re

import numpy as np
import pytest

from mlpkit import AbsoluteLoss, SquaredLoss
from mlpkit.widgets.losses import (
    HEIGHTS,
    MARGINS,
    MOVED,
    PLACES,
    POINTS,
    VIEWS,
    X,
    Y,
    as_function,
    compare,
    cost_of_residual,
    costs_of_margin,
    losses,
)

CORNERS = [(p, h, q) for p in (0.0, 3.0, 6.0) for h in (-1.5, 2.4, 6.5) for q in (0.0, 1.9, 5.0)]


@pytest.fixture(scope="module")
def explorer():
    return losses()


def pixels(explorer):
    return np.asarray(explorer.picture.pixels())


def squared_error(y_hat, y):
    r = y_hat - y
    return np.mean(r**2), 2 * r / len(r)


@pytest.mark.parametrize("setting", CORNERS)
def test_the_squared_line_is_that_of_least_squares(setting):
    found = compare(*setting)
    slope, intercept = np.polyfit(found.x, found.y, 1)
    np.testing.assert_allclose(found.squared[:2], (slope, intercept), rtol=1e-9)
    r = slope * found.x + intercept - found.y
    np.testing.assert_allclose(found.squared.mse, np.mean(r * r), rtol=1e-9)
    np.testing.assert_allclose(found.squared.rmse, np.sqrt(np.mean(r * r)), rtol=1e-9)
    np.testing.assert_allclose(found.squared.mae, np.mean(np.abs(r)), rtol=1e-9)
    np.testing.assert_allclose(found.squared.residual, r[-1], atol=1e-8)
    without = np.polyfit(found.x[:-1], found.y[:-1], 1)
    pull = np.polyval((slope, intercept), found.x[-1]) - np.polyval(without, found.x[-1])
    np.testing.assert_allclose(found.squared.pull, pull, atol=1e-8)


@pytest.mark.parametrize("setting", CORNERS)
def test_no_line_has_a_smaller_absolute_error_than_the_absolute_line(setting):
    found = compare(*setting)
    line = np.array(found.absolute[:2])

    def error(line):
        return np.mean(np.abs(line[0] * found.x + line[1] - found.y))

    np.testing.assert_allclose(found.absolute.mae, error(line), rtol=1e-12)
    # The error is convex, so a line that is better than all its neighbors is the best of all.
    for angle in np.linspace(0, 2 * np.pi, 721):
        step = 1e-6 * np.array([np.cos(angle), np.sin(angle)])
        assert error(line + step) >= error(line) - 1e-15


@pytest.mark.parametrize("setting", CORNERS)
def test_each_line_is_the_better_one_by_its_own_loss(setting):
    found = compare(*setting)
    assert found.squared.mse <= found.absolute.mse + 1e-12
    assert found.absolute.mae <= found.squared.mae + 1e-12


def test_far_out_the_squared_line_follows_the_outlier_and_the_absolute_line_does_not():
    near, far = compare(5.5, 0.0, 1.9), compare(5.5, -1.5, 1.9)
    assert far.squared.pull < near.squared.pull - 0.1
    assert far.absolute[:2] == near.absolute[:2]


@pytest.mark.parametrize("r", [-6.0, -0.5, 0.0, 2.0, 5.5])
def test_one_point_costs_r_squared_with_slope_2r_or_abs_r_with_slope_plus_or_minus_1(r):
    assert cost_of_residual(as_function(SquaredLoss, "squared"), r) == (r * r, 2 * r)
    assert cost_of_residual(as_function(AbsoluteLoss, "absolute"), r) == (abs(r), np.sign(r))


@pytest.mark.parametrize("margin", MARGINS)
def test_the_logistic_loss_is_log_of_1_plus_exp_of_minus_the_margin(margin):
    logistic, zero_one = costs_of_margin(margin)
    np.testing.assert_allclose(logistic.loss, np.log1p(np.exp(-margin)), rtol=1e-12)
    np.testing.assert_allclose(logistic.slope, -1 / (1 + np.exp(margin)), rtol=1e-12)
    assert zero_one == (float(margin <= 0), 0)


def test_the_start_says_its_numbers():
    assert losses().facts().splitlines() == [
        "Outlier at x = 5, y = 0; point 4 at y = 1.9.",
        "Squared error prefers ŷ = 0.3474 x + 1.227: "
        "MSE 0.8432, RMSE 0.9183, mean absolute error (MAE) 0.5347.",
        "Absolute error prefers ŷ = 0.4571 x + 1.1: "
        "MSE 0.9276, RMSE 0.9631, mean absolute error (MAE) 0.4253.",
        "At its place the outlier moves the first line by -0.5787, the second by -0.2476.",
        "To the first line it has the residual r = 2.965: squared error 8.788, slope 5.929.",
        "To the second r = 3.386: absolute error 3.386, slope 1.",
    ]


def test_every_control_moves_over_its_whole_range(explorer):
    size = pixels(explorer).shape
    ranges = {"height": HEIGHTS, "place": PLACES, "point": POINTS, "margin": MARGINS}
    for view, name in [*(("residual", name) for name in ranges), ("margin", "margin")]:
        explorer.view.value, knob = view, getattr(explorer, name)
        start = knob.value
        for value in ranges[name]:
            knob.value = value
            assert explorer.panel.message == ""
            assert ("Margin y·f" in explorer.facts()) == (view == "margin")
            assert not re.search(r"nan|inf|-0(?![.\d])", explorer.facts())
        knob.value = start
    explorer.view.value = "residual"
    assert pixels(explorer).shape == size
    assert (explorer.panel.height, explorer.panel.width) == size[:2]


def test_all_values_have_their_place_in_the_picture():
    for setting in CORNERS:
        for one in compare(*setting)[2:]:
            assert max(one.mse, one.rmse, one.mae) < 4
            assert abs(one.residual) < 6


def test_the_margin_moves_its_markers_only(explorer):
    explorer.view.value = "margin"
    lines = explorer.facts().splitlines()[:4]
    before = pixels(explorer)
    explorer.margin.value = -2.0
    assert explorer.facts().splitlines()[:4] == lines
    assert "Margin y·f = -2: logistic loss 2.127 with slope -0.8808; 0-1 loss 1." in (
        explorer.facts()
    )
    different = np.flatnonzero((before != pixels(explorer)).any(axis=(0, 2)))
    assert different.min() > 0.65 * before.shape[1]
    explorer.margin.value = 1.0
    np.testing.assert_array_equal(before, pixels(explorer))
    explorer.view.value = "residual"


def test_at_a_margin_of_0_and_at_the_kink_it_says_so(explorer):
    explorer.view.value, explorer.margin.value = "margin", 0.0
    assert "At 0 the 0-1 loss jumps" in explorer.facts()
    explorer.view.value = "residual"
    explorer.place.value, explorer.height.value = 3.0, 2.5
    assert "There is the kink of |r|" in explorer.facts()
    explorer.place.value, explorer.height.value = 5.0, 0.0
    assert "kink" not in explorer.facts()


def test_classes_and_functions_give_the_same():
    by_function = losses(squared=squared_error)
    assert by_function.facts() == losses(squared=SquaredLoss).facts() == losses().facts()
    np.testing.assert_array_equal(pixels(by_function), pixels(losses()))


def test_it_runs_the_learners_own_losses():
    def doubled(y_hat, y):
        value, gradient = squared_error(y_hat, y)
        return 2 * value, gradient

    class Tripled(AbsoluteLoss):
        def of_residual(self, r):
            return 3 * np.abs(r), 3 * np.sign(r)

    own, right = losses(doubled, Tripled).facts().splitlines(), compare(5.0, 0.0, 1.9)
    assert f"MSE {2 * right.squared.mse:.4g}, RMSE {np.sqrt(2) * right.squared.rmse:.4g}" in own[1]
    assert f"(MAE) {3 * right.absolute.mae:.4g}." in own[2]
    assert own[4].endswith(f"squared error {2 * right.squared.residual**2:.4g}, slope 5.929.")
    assert own[5].endswith("slope 3.")


@pytest.mark.parametrize("wrong", [-1, 13, 0.001], ids=["sign", "not averaged", "too small"])
def test_a_gradient_that_leads_to_no_line_is_said_and_nothing_is_drawn_for_it(wrong):
    def squared(y_hat, y):
        value, gradient = squared_error(y_hat, y)
        return value, wrong * gradient

    own = losses(squared)
    assert "Squared error leads to no line: check value and gradient." in own.facts()
    assert "Absolute error prefers ŷ = 0.4571 x + 1.1" in own.facts()
    assert "nan" not in own.facts() and "first line" not in own.facts()
    own.height.value = 3.0
    assert own.panel.message == ""


def test_inputs_that_the_learners_code_changes_do_no_harm():
    def careless(y_hat, y):
        y_hat -= y
        return np.mean(y_hat**2), 2 * y_hat / len(y_hat)

    assert losses(careless).facts() == losses().facts()


@pytest.mark.parametrize("wrong", [3, None, "squared"])
def test_what_is_no_loss_is_refused(wrong):
    with pytest.raises(TypeError, match=r"absolute: expected a loss class or a function .*, got"):
        losses(absolute=wrong)


def test_a_gradient_of_another_length_is_refused():
    with pytest.raises(ValueError, match="squared: expected a gradient with 1 numbers, got 2"):
        losses(squared=lambda y_hat, y: (0.0, np.zeros(len(y) + 1)))


def test_an_error_on_the_way_is_shown_in_the_panel():
    def tired(y_hat, y):
        if y[-1] == 6.5:
            raise RuntimeError("too high")
        return squared_error(y_hat, y)

    own = losses(tired)
    before = own.facts()
    own.height.value = 6.5
    assert own.panel.message == "Your code stopped with RuntimeError: too high"
    assert own.facts() == before
    own.height.value = 0.0
    assert own.panel.message == ""


def test_two_explorers_do_not_share_anything():
    one, other = losses(), losses()
    before = other.facts(), pixels(other)
    one.height.value, one.point.value = 6.5, 5.0
    other.update()
    assert other.facts() == before[0]
    np.testing.assert_array_equal(pixels(other), before[1])
    assert Y[MOVED] == 1.9 and len(X) == len(Y) == 12


@pytest.mark.parametrize("view", VIEWS)
def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer, view):
    explorer.view.value = view
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000


def test_the_margin_is_asked_for_only_where_it_is_shown():
    explorer = losses()
    assert explorer.panel.unused == ["margin"]
    explorer.view.value = "margin"
    assert explorer.panel.unused == []
