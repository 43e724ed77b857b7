"""The explorer of gradient descent on surfaces: what it computes, says and shows."""

import asyncio
import re

import numpy as np
import pytest

from mlpkit.widgets.descent import (
    EDGE,
    FLAT,
    MOMENTUMS,
    MOST,
    NOISES,
    RATES,
    STARTS,
    SURFACES,
    descent,
    nearest,
    next_place,
    outcome,
    place_at,
    plain_update,
)


@pytest.fixture(scope="module")
def explorer():
    return descent()


def pixels(explorer):
    return np.asarray(explorer.picture.pixels())


def run(surface, x, y, lr, momentum=0.0, steps=MOST, update=plain_update):
    """All places of a run, and how it ended."""
    surface = SURFACES[surface]
    places = [place_at(x, y, surface.gradient)]
    while outcome(surface, places, momentum) in ("start", "going") and len(places) <= steps:
        places.append(next_place(places[-1], surface.gradient, update, lr, momentum))
    return places, outcome(surface, places, momentum)


def set_all(explorer, **values):
    for name, value in values.items():
        getattr(explorer, name).value = value
    explorer.rewind()


@pytest.mark.parametrize("name", SURFACES)
def test_gradients_are_the_slopes_of_the_surfaces(name):
    value, gradient = SURFACES[name].value, SURFACES[name].gradient
    for x, y in np.random.default_rng(0).uniform(-3, 3, (20, 2)):
        h = 1e-6
        slopes = (
            (value(x + h, y) - value(x - h, y)) / (2 * h),
            (value(x, y + h) - value(x, y - h)) / (2 * h),
        )
        np.testing.assert_allclose(gradient(x, y), slopes, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_minima_are_flat_and_lower_than_all_around_and_the_lowest_comes_first(name):
    value, gradient, minima = SURFACES[name].value, SURFACES[name].gradient, SURFACES[name].minima
    for x, y in minima:
        assert np.hypot(*gradient(x, y)) < 1e-7
        for angle in np.linspace(0, 2 * np.pi, 61):
            assert value(x + 0.1 * np.cos(angle), y + 0.1 * np.sin(angle)) > value(x, y)
    assert [value(*minimum) for minimum in minima] == sorted(value(*one) for one in minima)
    axis = np.linspace(-EDGE, EDGE, 65)
    if minima:
        assert value(*np.meshgrid(axis, axis)).min() >= value(*minima[0])


@pytest.mark.parametrize("lr", [0.001, 0.1, 0.4, 0.6, 0.9, 1.1])
def test_on_the_bowl_each_step_multiplies_the_point_by_1_minus_2_lr(lr):
    places, _end = run("bowl", 2.5, -1.5, lr)
    factors = (1 - 2 * lr) ** np.arange(len(places))
    np.testing.assert_allclose([p.x for p in places], 2.5 * factors, rtol=1e-11)
    np.testing.assert_allclose([p.y for p in places], -1.5 * factors, rtol=1e-11)


@pytest.mark.parametrize("lr", RATES)
def test_in_the_valley_the_way_grows_beyond_all_bounds_exactly_above_one_twentieth(lr):
    places, end = run("valley", 0.0, 1.5, lr)
    first, last = abs(places[0].y), abs(places[-1].y)
    if lr > 0.05:
        assert end == "away" and last > 1000
    elif lr == 0.05:
        assert end == "over"
        np.testing.assert_allclose(last, first, rtol=1e-9)
    else:
        assert last < first and end in ("minimum", "over")


def test_momentum_is_that_of_mlpkits_sgd():
    places, _end = run("valley", 2.5, 1.5, 0.01, momentum=0.9, steps=50)
    w, v = np.array([2.5, 1.5]), np.zeros(2)
    for place in places:
        np.testing.assert_allclose(place[:2], w, rtol=1e-10, atol=1e-12)
        v = 0.9 * v + w * (2, 40)
        w = w - 0.01 * v


@pytest.mark.parametrize("y", [-0.1, -1.0, -3.0])
def test_below_y_0_x2_plus_y3_runs_away(y):
    assert run("cubic", 2.5, y, 0.3)[1] == "away"


def test_above_y_0_x2_plus_y3_creeps_to_a_place_that_is_no_minimum():
    places, end = run("cubic", 1.0, 1.5, 0.1)
    assert end == "over" and 0 < places[-1].y < 0.05
    assert run("cubic", 1.0, 0.0, 0.1)[1] == "flat"


def test_at_the_saddle_the_axis_stays_and_one_step_beside_it_escapes():
    places, end = run("saddle", 2.5, 0.0, 0.1)
    assert end == "flat" and abs(places[-1].x) < FLAT and places[-1].y == 0
    for y in (-0.1, 0.1):
        places, end = run("saddle", 2.5, y, 0.1)
        assert end == "minimum"
        np.testing.assert_allclose(places[-1][:2], (0, 20 * y), atol=1e-5)


def test_the_start_chooses_the_minimum():
    for x, place in ((2.5, 1), (-2.5, 0), (0.3, 1), (0.1, 0)):
        places, end = run("wells", x, 1.0, 0.2)
        assert end == "minimum"
        assert nearest(SURFACES["wells"], places[-1])[0] == SURFACES["wells"].minima[place]


def test_a_step_is_the_learners_update_of_x_and_y():
    seen = []

    def update(w, b, dw, db, lr):
        seen.append((w, b, dw, db, lr))
        return w + 1, b - 1

    here = place_at(1.0, 2.0, lambda x, y: (10 * x, 100 * y), velocity=(4.0, 6.0))
    there = next_place(here, lambda x, y: (x, y), update, 0.3, 0.5, push=(0.25, -0.25))
    assert seen == [(1.0, 2.0, 12.25, 202.75, 0.3)]
    assert there == (2.0, 1.0, 12.25, 202.75, 2.0, 1.0)


def test_the_start_and_a_step_say_their_numbers():
    own = descent()
    assert own.facts().splitlines() == [
        "Surface x² + y²; η = 0.1, momentum 0, noise of the gradient: none.",
        "Start (2.5, 1.5); after 0 steps at (2.5, 1.5): value 8.5, gradient (5, 3).",
        "Nothing has moved yet.",
    ]
    own.step()
    assert own.facts().splitlines()[1:] == [
        "Start (2.5, 1.5); after 1 step at (2, 1.2): value 5.44, gradient (4, 2.4).",
        "The last step led down.",
    ]
    own.lr.value = 1.0
    own.step()
    assert own.facts().endswith("The last step left the value as it was.")
    own.lr.value = 1.1
    own.step()
    assert own.facts().endswith("The last step led up.")


ENDS = [
    ({"surface": "bowl", "lr": 0.3}, "arrived at the minimum (0, 0)."),
    ({"surface": "bowl", "lr": 1.1}, "It runs away: after 33 steps |x| or |y| is above 1000."),
    ({"surface": "bowl", "lr": 1.0}, "2.92 away from the minimum (0, 0)."),
    ({"surface": "wells", "x": -3.0, "lr": 0.3}, "arrived at the lower minimum (-2.093, 0)."),
    ({"surface": "wells", "lr": 0.3}, "arrived at the higher minimum (1.891, 0)."),
    ({"surface": "saddle", "lr": 0.2}, "arrived at the minimum (0, 2)."),
    ({"surface": "saddle", "y": 0.0, "lr": 0.2}, "Beside it a way leads down."),
    ({"surface": "cubic", "y": 0.0, "lr": 0.2}, "below y = 0 the way leads down."),
    ({"surface": "cubic"}, "200 steps are over, and it does not rest."),
]


@pytest.mark.parametrize(("setting", "words"), ENDS)
def test_how_it_ends_is_said(setting, words):
    own = descent()
    set_all(own, **setting)
    own.play(MOST + 50)
    assert own.ended and own.panel.off == ["play", "step", "stop"]
    assert own.facts().endswith(words)
    before = own.facts()
    own.step()
    assert own.facts() == before


def test_running_away_is_said_in_the_title_too():
    own = descent()
    set_all(own, surface="valley", lr=1.2)
    own.play(MOST)
    assert own.rights["log"].get_title() == "It runs away: out of bounds after 2 steps"


def test_the_arrow_points_against_the_gradient_at_the_point_and_is_never_long(explorer):
    for surface in SURFACES:
        set_all(explorer, surface=surface, x=1.1, y=0.7, lr=0.02, momentum=0.0, noise=0.0)
        explorer.play(3)
        here, arrow = explorer.places[-1], np.array([explorer.arrow.U[0], explorer.arrow.V[0]])
        np.testing.assert_allclose(explorer.arrow.get_offsets(), [here[:2]])
        along = -np.array(here[-2:]) / here.steepness
        np.testing.assert_allclose(arrow / np.linalg.norm(arrow), along, rtol=1e-9)
        assert arrow @ along <= 1.2 + 1e-9


def test_rewind_gives_the_very_same_picture_and_way():
    own = descent()
    set_all(own, surface="wells", noise=2.0, lr=0.3)
    start = own.facts(), pixels(own)
    own.play(60)
    end = own.facts(), pixels(own)
    own.rewind()
    assert own.facts() == start[0]
    np.testing.assert_array_equal(pixels(own), start[1])
    own.play(60)
    assert own.facts() == end[0]
    np.testing.assert_array_equal(pixels(own), end[1])


def test_learning_rate_momentum_and_noise_move_on_the_way_the_others_lead_back(explorer):
    set_all(explorer, surface="bowl", lr=0.1, momentum=0.0, noise=0.0)
    explorer.play(3)
    for name, values in (("lr", (0.2, 0.1)), ("momentum", (0.5, 0.0)), ("noise", (0.3, 0.0))):
        for value in values:
            getattr(explorer, name).value = value
            assert "after 3 steps" in explorer.facts()
    for name, value in (("surface", "valley"), ("x", 1.0), ("y", -2.0)):
        explorer.step()
        getattr(explorer, name).value = value
        assert "after 0 steps" in explorer.facts()


def test_the_slider_of_momentum_is_the_momentum_of_the_next_step():
    own = descent()
    own.play(1)
    own.momentum.value = 0.5
    own.play(1)
    before, after = own.places[-2:]
    assert after == next_place(before, own.slope, plain_update, 0.1, 0.5)
    assert after != next_place(before, own.slope, plain_update, 0.1, 0.0)


def test_noise_sets_a_run_at_a_saddle_going_again():
    own = descent()
    set_all(own, surface="saddle", y=0.0)
    own.play(MOST)
    assert own.ended and own.rights["linear"].get_title() == "Flat, but no minimum"
    own.noise.value = 0.3
    assert not own.ended and own.panel.off == ["stop"]
    own.play(100)
    assert abs(own.places[-1].y) > 1


def test_large_noise_leaves_the_higher_minimum_and_small_noise_does_not():
    def ends(noise):
        own = descent()
        set_all(own, surface="wells", lr=0.3, noise=noise)
        own.play(MOST)
        return {round(place.x) for place in own.places[20:]}

    assert -2 in ends(2.0)
    assert ends(0.3) == {2}


def test_every_control_moves_over_its_whole_range(explorer):
    set_all(explorer, surface="bowl", x=2.5, y=1.5, lr=0.1, momentum=0.0, noise=0.0)
    size = pixels(explorer).shape
    ranges = {"x": STARTS, "y": STARTS, "lr": RATES, "momentum": MOMENTUMS, "noise": NOISES}
    for name, values in ranges.items():
        knob = getattr(explorer, name)
        start = knob.value
        for value in values:
            knob.value = value
            explorer.step()
            assert explorer.panel.message == ""
            assert not re.search(r"nan|inf|-0(?![.\d])", explorer.facts())
        knob.value = start
    assert pixels(explorer).shape == size
    assert (explorer.panel.height, explorer.panel.width) == size[:2]


@pytest.mark.parametrize("surface", SURFACES)
def test_each_surface_plays_at_slow_and_fast_rates_with_and_without_noise(explorer, surface):
    size = pixels(explorer).shape
    for lr in (0.001, 0.1, 0.8, 1.2):
        for momentum, noise in ((0.0, 0.0), (0.95, 0.0), (0.0, 2.0), (0.95, 0.3)):
            set_all(explorer, surface=surface, lr=lr, momentum=momentum, noise=noise)
            explorer.play(MOST)
            assert explorer.panel.message == "" and explorer.ended
            assert pixels(explorer).shape == size
            assert len(explorer._repr_mimebundle_()[0]["image/png"]) * 3 / 4 < 40_000


def test_it_plays_and_stops():
    own = descent()

    async def main():
        own.hear({"press": "play"})
        async with asyncio.timeout(60):
            while len(own.places) < 3:
                await asyncio.sleep(0.05)
        assert own.panel.running
        own.lr.value = 0.2  # goes on playing
        assert own.panel.running and "η = 0.2" in own.facts()
        own.hear({"press": "stop"})
        steps = len(own.places)
        assert not own.panel.running and steps > 1
        await asyncio.sleep(0.4)
        assert len(own.places) == steps
        own.hear({"press": "play"})
        own.surface.value = "valley"  # leads back to the start
        assert not own.panel.running and "after 0 steps" in own.facts()
        own.lr.value = 1.2
        own.hear({"press": "play"})
        async with asyncio.timeout(60):
            while own.panel.running:
                await asyncio.sleep(0.05)
        assert own.ended and "It runs away" in own.facts()

    asyncio.run(main())
    assert own.panel.message == ""


def test_it_runs_the_learners_own_functions():
    def double(w, b, dw, db, lr):
        return w - 2 * lr * dw, b - 2 * lr * db

    own, plain = descent(update=double), descent()
    plain.lr.value, own.lr.value = 0.2, 0.1
    own.play(5)
    plain.play(5)
    assert own.facts().splitlines()[1] == plain.facts().splitlines()[1]
    wrong = descent(gradient=lambda x, y: (np.float64(7.0), 0))
    assert "gradient (5, 3)" in wrong.facts()  # of x² + y², which it is not for
    wrong.surface.value = "cubic"
    assert "gradient (7, 0)" in wrong.facts()


def test_mistakes_of_the_learners_code_are_shown_and_said():
    def update(w, b, dw, db, lr):
        return float("nan"), b

    own = descent(update=update)
    own.step()
    assert own.facts().endswith("It runs away: after 1 step x or y is no number any more.")
    own = descent(update=lambda w, b, dw, db, lr: None)
    own.hear({"press": "step"})
    assert own.panel.message.startswith("Your code stopped with TypeError")
    assert "after 0 steps" in own.facts()


@pytest.mark.parametrize("name", ["gradient", "update"])
def test_what_is_no_function_is_refused(name):
    with pytest.raises(TypeError, match=f"{name}: expected a class or a function, got 3"):
        descent(**{name: 3})


def test_two_explorers_do_not_share_anything():
    one, other = descent(), descent()
    before = other.facts(), pixels(other)
    one.surface.value, one.noise.value = "saddle", 2.0
    one.play(20)
    other.update()
    assert other.facts() == before[0]
    np.testing.assert_array_equal(pixels(other), before[1])


def test_a_saved_notebook_keeps_the_words(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()


def test_where_the_start_fails_nothing_goes_on_over_another_surface():
    explorer = descent(gradient=lambda x, y: None)
    explorer.step()
    explorer.surface.value = "cubic"
    said = "Your code stopped with TypeError: cannot unpack non-iterable NoneType object"
    assert explorer.panel.message == said and explorer.panel.off == ["play", "step", "stop"]
    before = explorer.facts()
    explorer.lr.value = 0.2
    assert explorer.panel.message == said and explorer.panel.off == ["play", "step", "stop"]
    with pytest.raises(TypeError, match="cannot unpack"):
        explorer.step()
    assert explorer.facts() == before
    explorer.surface.value = "valley"
    explorer.step()
    assert explorer.panel.message == "" and "valley" in explorer.facts()


def test_an_update_that_gives_no_pair_is_told_as_such():
    explorer = descent(update=lambda w, b, dw, db, lr: [])
    explorer.guarded(explorer.step)
    assert explorer.panel.message.endswith("not enough values to unpack (expected 2, got 0)")
