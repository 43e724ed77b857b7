"""The explorer of activations and initial weights: what it computes, says and shows."""

import io
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from mlpkit import Linear, ReLU, Tanh
from mlpkit.widgets.activations import (
    BENDS,
    BINS,
    DEPTHS,
    EDGE,
    SAMPLES,
    SCALES,
    SHIFTS,
    STARTS,
    UNITS,
    activations,
    alike,
    dead,
    draws,
    fate,
    percent,
    run,
    saturated,
    shares,
    short,
    spread,
)
from mlpkit.widgets.lettering import Labels

PLAIN = {
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: z * (z > 0), lambda z: z > 0),
    "sigmoid": (
        lambda z: 1 / (1 + np.exp(-z)),
        lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    ),
    "none": (lambda z: z, np.ones_like),
}


@pytest.fixture(scope="module")
def explorer():
    return activations()


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.panel.picture)).convert("RGB"))


def put(explorer, **values):
    for name, value in values.items():
        getattr(explorer, name).value = value
        assert explorer.panel.message == ""
    return explorer.facts().splitlines()


def by_hand(bend, scale, depth, shift):
    """z, a and dz of each layer by plain formulas."""
    g, slope = PLAIN[bend]
    a, da, weights = draws()
    zs, activated = [], []
    for i in range(depth):
        zs.append(a @ (scale * weights[i]) + shift)
        activated.append(a := g(zs[-1]))
    dzs = []
    for i in reversed(range(depth)):
        dzs.append(da * slope(zs[i]))
        da = dzs[-1] @ (scale * weights[i]).T
    return zs, activated, dzs[::-1]


@pytest.mark.parametrize("bend", BENDS)
def test_forward_and_backward_are_those_of_plain_formulas(bend):
    layers = run(bend, "own", 0.2, 5, 0.3)
    for name, expected in zip(("z", "a", "dz"), by_hand(bend, 0.2, 5, 0.3), strict=True):
        for layer, one in zip(layers, expected, strict=True):
            np.testing.assert_allclose(getattr(layer, name), one, rtol=1e-9, atol=1e-12)
    for before, layer in pairwise(layers):
        np.testing.assert_allclose(layer.dW, before.a.T @ layer.dz, rtol=1e-9, atol=1e-12)


def test_samples_and_the_last_gradient_have_spread_1():
    x, dout, weights = draws()
    assert x.shape == dout.shape == (SAMPLES, UNITS) and len(weights) == DEPTHS[-1]
    np.testing.assert_allclose([x.std(), dout.std()], 1, rtol=1e-12)
    np.testing.assert_allclose(weights.std(), 1, rtol=0.02)


@pytest.mark.parametrize(("bend", "start"), [("relu", "he"), ("none", "xavier")])
def test_he_with_relu_and_xavier_without_one_keep_the_spread_over_6_layers(bend, start):
    layers = run(bend, start, 0.0, 6, 0.0)
    for spreads in ([layer.z.std() for layer in layers], [layer.dz.std() for layer in layers]):
        assert max(spreads) / min(spreads) < 2


@pytest.mark.parametrize("bend", ["none", "tanh"])
def test_a_small_scale_makes_the_spread_vanish_by_scale_times_root_n(bend):
    layers = run(bend, "own", 0.01, 6, 0.0)
    activated = np.array([layer.a.std() for layer in layers])
    gradients = np.array([layer.dz.std() for layer in layers])
    np.testing.assert_allclose(activated[1:] / activated[:-1], 0.01 * np.sqrt(UNITS), rtol=0.2)
    np.testing.assert_allclose(gradients[:-1] / gradients[1:], 0.01 * np.sqrt(UNITS), rtol=0.2)


def test_xavier_and_he_are_the_scales_of_their_papers():
    for start, wide in (("xavier", np.sqrt(2 / (UNITS + UNITS))), ("he", np.sqrt(2 / UNITS))):
        own, named = run("none", "own", wide, 2, 0.0), run("none", start, 0.0, 2, 0.0)
        np.testing.assert_allclose(named[1].z, own[1].z, rtol=1e-12)


@pytest.mark.parametrize("bend", BENDS)
def test_equal_weights_make_all_units_of_a_layer_identical(bend):
    layers = run(bend, "equal", 0.0, 4, 0.0)
    for layer in layers:
        np.testing.assert_allclose(layer.a, layer.a[:, :1] * np.ones(UNITS), rtol=1e-9, atol=1e-15)
        assert alike(layer)
    for layer in layers[:-1]:  # and so do their gradients: they would stay alike
        np.testing.assert_allclose(
            layer.dW, layer.dW[:, :1] * np.ones(UNITS), rtol=1e-9, atol=1e-12
        )
    assert not any(map(alike, run(bend, "he", 0.0, 4, 0.0)))


def test_zero_weights_get_no_gradient(explorer):
    lines = put(explorer, bend="tanh", start="zero", depth=4, shift=0.0)
    assert "All weights get a gradient of 0, and cannot learn, in layers: 1, 2, 3, 4." in lines
    lines = put(explorer, shift=1.0)  # now the last layer has activations to learn from
    assert "All weights get a gradient of 0, and cannot learn, in layers: 1, 2, 3." in lines
    assert lines[1] == "Spread of the activations, layer 1 to 4: 0, 0, 0, 0."
    assert lines[2] == "Forward they end with spread 0."
    put(explorer, start="own", shift=0.0)
    assert "cannot learn" not in explorer.facts()


def test_dead_units_are_counted_by_a_second_road(explorer):
    lines = put(explorer, bend="relu", start="he", depth=3, shift=-1.0)
    layers = run("relu", "he", 0.0, 3, -1.0)
    counts = [sum(max(layer.z[:, unit]) <= 0 for unit in range(UNITS)) for layer in layers]
    assert [dead(layer) for layer in layers] == counts and 0 < counts[1] < UNITS
    row = ", ".join(map(str, counts))
    assert f"Dead ReLUs (0 for all samples), layer by layer: {row}; {sum(counts)} of 192." in lines


def test_a_low_bias_kills_all_relus_and_their_gradients(explorer):
    lines = put(explorer, bend="relu", start="own", scale=0.05, depth=3, shift=-3.0)
    assert lines[-2].endswith(": 64, 64, 64; 192 of 192.")
    assert lines[-1].endswith("in layers: 1, 2, 3.")
    put(explorer, shift=0.0)


@pytest.mark.parametrize(("bend", "limit"), [("tanh", np.arctanh(0.99)), ("sigmoid", np.log(99))])
def test_flat_values_are_those_beyond_the_z_of_the_limit(bend, limit):
    for layer in run(bend, "own", 0.5, 4, 0.0):
        np.testing.assert_allclose(saturated(layer, bend), np.mean(np.abs(layer.z) > limit))
    assert saturated(run("tanh", "own", 0.5, 4, 0.0)[0], "tanh") > 0.4


def test_the_words_follow_the_ratio_of_the_spreads():
    said = [fate(1, last)[0] for last in (0.09, 0.2, 0.6, 1.9, 5, 11, 0, np.inf, np.nan)]
    assert said == [
        "vanish",
        "shrink",
        "keep their size",
        "keep their size",
        "grow",
        "explode",
        "end with spread 0",
        "become inf or nan",
        "become inf or nan",
    ]
    assert fate(0, 1) == ("start with spread 0", None)


def test_what_each_setting_does_is_said(explorer):
    lines = put(explorer, bend="tanh", start="own", scale=0.01, depth=6, shift=0.0)
    assert lines[2].startswith("Forward they vanish: in all × ")
    assert lines[4].startswith("Backward they vanish: in all × ")
    lines = put(explorer, scale=0.5)
    assert lines[2] == "Forward they keep their size: in all × 0.99."
    assert lines[4].startswith("Backward they grow: in all × 8.")
    assert lines[5].startswith(
        "Flat values (saturated, beyond -0.99 or 0.99), layer by layer: 51 %"
    )
    lines = put(explorer, bend="none")
    assert lines[2].startswith("Forward they explode") and len(lines) == 5
    lines = put(explorer, bend="sigmoid", start="xavier")
    assert lines[4].startswith("Backward they vanish")
    lines = put(explorer, bend="relu", start="he")
    assert "keep their size" in lines[2] and "keep their size" in lines[4]
    lines = put(explorer, bend="tanh", start="equal")
    assert lines[-1] == "All 64 units are alike, the same numbers, in layers: 1, 2, 3, 4, 5, 6."


def test_the_spreads_in_words_are_those_of_the_layers(explorer):
    lines = put(explorer, bend="tanh", start="xavier", depth=3, shift=0.5)
    layers = run("tanh", "xavier", 0.0, 3, 0.5)
    assert lines[0] == (
        "3 layers of 64 units; activation tanh; Xavier, √(1/n): weights of spread 0.125; b = 0.5."
    )
    a, dz = (", ".join(f"{getattr(one, key).std():.3g}" for one in layers) for key in ("a", "dz"))
    assert lines[1] == f"Spread of the activations, layer 1 to 3: {a}."
    assert lines[3] == f"Spread of the gradients ∂ℒ/∂z, layer 1 to 3: {dz}."


def test_every_control_moves_over_its_whole_range(explorer):
    size = pixels(explorer).shape
    for bend in BENDS:
        for start in STARTS:
            for depth in DEPTHS:
                lines = put(explorer, bend=bend, start=start, depth=depth)
                assert lines[0].startswith(f"{depth} layers of 64 units; activation ")
                assert lines[1].count(",") == lines[3].count(",") == depth
            for shift in SHIFTS[::12]:
                assert put(explorer, shift=shift)[0].endswith(f"b = {shift:.2g}.")
        put(explorer, start="own", depth=6)
        for shift in SHIFTS:
            assert put(explorer, shift=shift)[0].endswith(f"b = {shift:.2g}.")
        put(explorer, shift=0.0)
        for scale in SCALES:
            assert f"weights of spread {scale:g};" in put(explorer, scale=scale)[0]
    assert pixels(explorer).shape == size == (explorer.panel.height, explorer.panel.width, 3)


def test_shares_are_those_of_a_histogram_with_open_ends():
    values = np.random.default_rng(0).normal(0, 2, 4000)
    edges = np.linspace(-EDGE, EDGE, BINS + 1)
    edges[[0, -1]] = -np.inf, np.inf
    counts = [np.sum((values >= a) & (values < b)) for a, b in pairwise(edges)]
    np.testing.assert_allclose(shares(values), np.array(counts) / 4000)
    np.testing.assert_allclose(shares(np.array([np.nan, 0.0, 1e300, -1e300])).sum(), 0.75)


def test_spread_takes_round_off_for_nothing():
    assert spread(np.full((SAMPLES, UNITS), np.tanh(0.7))) == 0
    assert spread(0.1 + np.linspace(-1e-12, 1e-12, 100)) == 0
    np.testing.assert_allclose(spread(np.array([1.0, 3.0])), 1)
    assert np.isnan(spread(np.array([np.nan, 1.0])))


def test_numbers_and_shares_are_short():
    assert [short(v, 2) for v in (0.00384, 1123, 71300, 7.13e7, 1.0)] == [
        "0.0038",
        "1100",
        "71000",
        "7.1e+07",
        "1",
    ]
    assert [percent(v) for v in (0, 0.004, 0.01, 0.516, 1)] == [
        "0 %",
        "< 1 %",
        "1 %",
        "52 %",
        "100 %",
    ]


def test_it_runs_the_learners_own_layers():
    class Half(Tanh):
        def forward(self, x):
            return 0.5 * super().forward(x)

    class Shy(ReLU):
        def forward(self, x):
            return super().forward(x) * 0

    class Doubled(Linear):
        def forward(self, x):
            return 2 * super().forward(x)

    usual = put(activations(), start="xavier")
    assert put(activations(tanh=Half), start="xavier")[1] != usual[1]
    assert put(activations(linear=Doubled), start="xavier")[1] != usual[1]
    assert "384 of 384." in put(activations(relu=Shy), bend="relu", start="he")[5]


def test_nan_and_inf_are_shown():
    class Broken(Tanh):
        def forward(self, x):
            out = super().forward(x).copy()
            out[0, 0], out[1, 1] = np.nan, np.inf
            return out

    lines = activations(tanh=Broken).facts().splitlines()
    assert lines[1] == "Spread of the activations, layer 1 to 6: nan, nan, nan, nan, nan, nan."
    assert lines[2] == "Forward they become inf or nan."
    assert lines[-1].startswith("Values that are inf or nan, layer by layer: ")
    assert int(lines[-1].split(": ")[1].split(",")[0]) >= 2


def test_two_explorers_share_nothing():
    one, other = activations(), activations()
    before = other.facts(), other.panel.picture
    put(one, bend="relu", start="he", depth=8, shift=-1.0)
    assert (other.facts(), other.panel.picture) == before
    put(one, bend="tanh", start="own", depth=6, shift=0.0)
    np.testing.assert_array_equal(pixels(one), pixels(other))


@pytest.mark.parametrize(
    "setting", [("tanh", "own", 0.5), ("none", "own", 0.5), ("relu", "he", 0.1)]
)
def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer, setting):
    bend, start, scale = setting
    put(explorer, bend=bend, start=start, scale=scale, depth=8)
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000


def test_letters_stand_around_the_middle_that_was_asked_for():
    figure = Figure(figsize=(2, 1), dpi=100)
    canvas, letters = FigureCanvasAgg(figure), Labels()
    figure.add_artist(letters)
    letters.write([(100, 50, "0 0"), (30, 20, "")])
    canvas.draw()
    rows, columns = np.nonzero(np.asarray(canvas.buffer_rgba())[:, :, 0] < 128)
    assert abs((columns.min() + columns.max()) / 2 - 100) < 2
    assert abs((100 - rows.max()) - 50) < 2 and 8 < np.ptp(rows) < 12
    assert not np.any((columns > 98) & (columns < 102))  # the space between
