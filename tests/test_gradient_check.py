"""The explorer of the gradient check's step: what it computes, says and shows."""

import io

import numpy as np
import pytest
from PIL import Image

from mlpkit import Linear, Net, SquaredLoss, Tanh, check_gradients
from mlpkit.widgets.gradient_check import (
    BUGS,
    FUNCTIONS,
    TYPES,
    H,
    central_difference,
    error,
    gradient_check,
    measure,
    power,
    steady_tanh,
    theory,
    verdict,
)

SMOOTH = ["tanh", "power"]


@pytest.fixture(scope="module")
def explorer():
    return gradient_check()


def errors(name, kind, numerical_gradient=central_difference):
    function = FUNCTIONS[name]
    return error(function.slope(), measure(function, kind, numerical_gradient).slopes)


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.panel.picture)).convert("RGB"))


def put(explorer, **values):
    for name, value in values.items():
        getattr(explorer, name).value = value
    assert explorer.panel.message == ""
    return explorer.facts().splitlines()


def tanh_net():
    """The tanh net of the explorer, of mlpkit's layers: net, x (4, 1), y (4, 1)."""
    own = FUNCTIONS["tanh"]
    net = Net(Linear(1, 2), Tanh(), Linear(2, 1))
    net.layers[0].W[...], net.layers[0].b[...] = [own.at, own.other], own.b
    net.layers[2].W[...] = own.v[:, None]
    return net, own.x, own.y[:, None]


def test_there_are_45_steps_four_a_decade():
    assert len(H) == 45 and (H[0], H[-1]) == (1e-12, 1e-1)
    np.testing.assert_allclose(np.diff(np.log10(H)), 0.25, atol=0.01)


def test_tanh_by_plain_arithmetic_is_tanh():
    z = np.linspace(-2, 2, 401)
    np.testing.assert_allclose(steady_tanh(z), np.tanh(z), rtol=1e-14, atol=0)


def test_the_tanh_net_is_the_one_that_mlpkits_layers_compute():
    (net, x, y), loss, own = tanh_net(), SquaredLoss(), FUNCTIONS["tanh"]
    value = loss.forward(net.forward(x), y)
    net.backward(loss.backward())
    np.testing.assert_allclose(own.value(np.array([own.at]), "float64"), value, rtol=1e-14)
    np.testing.assert_allclose(own.slope(), net.layers[0].dW[0, 0], rtol=1e-13)


def test_the_verdict_at_the_start_is_that_of_check_gradients(explorer):
    net, x, y = tanh_net()
    assert check_gradients(net, SquaredLoss(), x, y, h=1e-5).verdict == "right"
    assert verdict(errors("tanh", "float64")[H.index(1e-5)]) == "right"
    assert [verdict(e) for e in (9e-8, 2e-7, 2e-5, np.nan)] == [
        "right",
        "suspicious",
        "wrong",
        "wrong",
    ]


def test_truncation_of_a_fourth_power_is_known_by_hand():
    # ((w + h)⁴ − (w − h)⁴) / 2h = 4w³ + 4wh², so the share of the error is h² / (2w² + h²).
    h = np.array(H)[-12:]
    np.testing.assert_allclose(errors("power", "float64")[-12:], h**2 / (8 + h**2), rtol=1e-4)


@pytest.mark.parametrize("name", SMOOTH)
def test_the_error_of_large_steps_grows_as_the_square_of_h(name):
    found, h = errors(name, "float64"), np.array(H)
    large = h >= 1e-3
    growth = np.polyfit(np.log10(h[large]), np.log10(found[large]), 1)[0]
    np.testing.assert_allclose(growth, 2, atol=0.02)
    np.testing.assert_allclose(
        found[large], theory(FUNCTIONS[name], "float64").bend * h[large] ** 2, rtol=0.05
    )


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize(("kind", "low", "high"), [("float64", 0, 1e-7), ("float32", 1e-7, 1e-4)])
def test_round_off_grows_as_h_shrinks_and_stays_near_theory(name, kind, low, high):
    h = np.array(H)
    noise = (h > low) & (h < high) & (errors(name, kind) < 0.3)
    ratio = errors(name, kind)[noise] / (theory(FUNCTIONS[name], kind).grain / h[noise])
    assert 0.1 < np.median(ratio) < 3
    assert np.max(ratio) < 8


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("name", SMOOTH)
def test_the_best_step_of_theory_is_nearly_the_best_measured(name, kind):
    h, least = theory(FUNCTIONS[name], kind).least()
    found = errors(name, kind)
    near = np.abs(np.log10(H) - np.log10(h)) < 0.5
    far = np.abs(np.log10(H) - np.log10(h)) > 2
    assert np.median(found[near]) < 4 * least
    assert np.min(found[far]) > np.median(found[near])


def test_float32_never_calls_a_right_formula_right():
    for name in SMOOTH:
        found = errors(name, "float32")
        assert np.median(found[np.array(H) >= 1e-4]) > 1e-6
        assert np.all(found[np.array(H) < 5e-9] == 1)  # the difference is 0 there


def test_a_step_over_the_kink_fails_and_a_smaller_one_does_not(explorer):
    kink = FUNCTIONS["kink"].kink
    found = errors("kink", "float64")
    assert np.all(found[np.array(H) > 1.2 * kink] > 0.02)
    assert np.all(found[(np.array(H) < kink) & (np.array(H) > 1e-9)] < 1e-7)
    lines = put(explorer, function="kink", kind="float64", h=1e-2, bug="right")
    assert "The nudge reaches over the kink, 0.0002 away: no h as large as this will do." in lines
    assert lines[2].endswith("wrong.")
    assert put(explorer, h=1e-5)[2].endswith("right.")


def test_the_start_says_what_the_lesson_says():
    assert gradient_check().facts().splitlines() == [
        "loss of a tanh net at w = 0.5, float64, h = 1e-5.",
        "Gradient by formula 0.9203, by nudging 0.9203.",
        "Relative error about 1e-10: right.",
        "Truncation and round-off both count here: h is near the best.",
        "Best by theory: h near 1e-5 in float64 (error about 1e-11), "
        "near 1e-3 in float32 (about 1e-5).",
        "From h = 0.1 to h = 0.01 your error falls to about 1e-2 of what it was.",
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_planted_bug_is_seen_at_a_good_step_and_hidden_by_a_bad_one(explorer, name):
    put(explorer, function=name, kind="float64", h=1e-5)
    for bug in ("1.0001", "1.01", "sign"):
        lines = put(explorer, bug=bug)
        assert lines[2].endswith("wrong.")
        assert "A right formula would be called right: the check sees the bug." in lines
    lines = put(explorer, kind="float32", h=1e-6)
    assert "A right formula would get no better verdict: the check is blind here." in lines


def test_the_size_of_a_planted_bug_is_the_size_of_the_error(explorer):
    a = FUNCTIONS["power"].slope()
    for bug, size in (("1.01", 0.01 / 2.01), ("1.0001", 0.0001 / 2.0001), ("sign", 1)):
        slope = measure(FUNCTIONS["power"], "float64").slopes[H.index(1e-5)]
        np.testing.assert_allclose(error(BUGS[bug] * a, slope), size, rtol=1e-5)


def test_every_control_moves_over_its_whole_range(explorer):
    size = pixels(explorer).shape
    for name in FUNCTIONS:
        for kind in TYPES:
            for bug in BUGS:
                put(explorer, function=name, kind=kind, bug=bug)
                for h in H if bug == "right" else H[::5]:
                    lines = put(explorer, h=h)
                    assert f", {kind}, h = " in lines[0]
                    found = measured(explorer, name, kind, bug, h)
                    assert lines[2] == f"Relative error about {power(found)}: {verdict(found)}."
    assert pixels(explorer).shape == size == (explorer.panel.height, explorer.panel.width, 3)


def measured(explorer, name, kind, bug, h):
    return float(
        error(
            BUGS[bug] * FUNCTIONS[name].slope(),
            explorer.measured[name, kind].slopes[H.index(h)],
        )
    )


def test_orders_of_magnitude_are_written_as_powers_of_ten():
    written = [power(v) for v in (3.1e-11, 3.3e-11, 1e-5, 0.9, 0, np.nan)]
    assert written == ["1e-11", "1e-10", "1e-5", "1", "0", "nan"]


def test_it_runs_the_learners_own_code():
    def one_sided(f, w, h=1e-5):
        return (f(w + h) - f(w)) / h

    lines = put(gradient_check(one_sided), h=1e-5)
    assert lines[2] == "Relative error about 1e-6: suspicious."
    assert lines[-1] == "From h = 0.1 to h = 0.01 your error falls to about 1e-1 of what it was."


@pytest.mark.parametrize("kind", TYPES)
def test_a_check_that_nudges_in_place_gets_the_same_curve(kind):
    def in_place(f, w, h=1e-5):
        dw = np.zeros_like(w)
        for at in np.ndindex(w.shape):
            kept = w[at]
            w[at] = kept + h
            above = f(w)
            w[at] = kept - h
            dw[at] = (above - f(w)) / (2 * h)
            w[at] = kept
        return dw

    for name in FUNCTIONS:
        np.testing.assert_array_equal(
            measure(FUNCTIONS[name], kind, in_place).slopes, measure(FUNCTIONS[name], kind).slopes
        )


def test_float64_made_of_a_float32_weight_is_said():
    def casts(f, w, h=1e-5):
        return central_difference(f, np.array(w, dtype=float), h)

    said = "Your function made float64 of w; f rounds it to float32 and computes in that."
    explorer = gradient_check(casts)
    assert said not in explorer.facts()
    assert put(explorer, kind="float32")[-1] == said
    assert verdict(errors("tanh", "float32", casts)[H.index(1e-5)]) == "wrong"
    assert said not in put(gradient_check(), kind="float32")


def test_what_is_not_a_number_is_said():
    lines = put(gradient_check(lambda f, w, h: w * np.nan), h=1e-4)
    assert lines[1] == "Gradient by formula 0.9203, by nudging nan."
    assert lines[2] == "Relative error not a number: wrong."


@pytest.mark.parametrize("bad", [None, np.zeros(2), "0.5"])
def test_a_gradient_of_another_shape_is_refused(bad):
    with pytest.raises(ValueError, match="numerical_gradient: expected a gradient of shape"):
        gradient_check(lambda f, w, h: bad)


def test_two_explorers_share_nothing():
    one, other = gradient_check(), gradient_check()
    before = other.facts(), other.panel.picture
    put(one, h=1e-2, kind="float32", function="power", bug="sign")
    assert (other.facts(), other.panel.picture) == before
    put(one, h=1e-5, kind="float64", function="tanh", bug="right")
    np.testing.assert_array_equal(pixels(one), pixels(other))


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    put(explorer, function="tanh", kind="float32", bug="right")
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
