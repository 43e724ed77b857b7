"""New pictures from old: known maps do what they say, random ones leave readable digits."""

from importlib import import_module

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter, map_coordinates
from sklearn.neighbors import KNeighborsClassifier

from mlpkit import data

# The module; the package's name `distort` is the function in it.
module = import_module("mlpkit.data.distort")

NONE = dict(rotation=0, scaling=0, shear=0, shift=0, alpha=0)
STRENGTHS = dict(rotation=20, scaling=0.3, shear=0.4, shift=3, alpha=34)


def digits(n=200):
    return data.mnist()[0][0][:n]


def only(**strength):
    return NONE | strength


def mapped(pictures, angle=0.0, height=1.0, width=1.0, slant=0.0, move=(0, 0)):
    """Pictures (n, side, side) under the affine map with these numbers, angle in degrees."""
    n, side, _ = pictures.shape
    numbers = (np.full(n, number) for number in (np.radians(angle), height, width, slant))
    moves = np.tile(np.array(move, float), (n, 1))
    return module.read(pictures, module.affine(module.affine_map(*numbers), moves, side))


def one(side=28):
    """A picture that is no mirror image or turn of itself."""
    return np.random.default_rng(0).random((1, side, side)).astype(np.float32)


def bar(degrees, side=29):
    """A bar 3 pixels wide and 15 long through the middle, turned counterclockwise from upright."""
    down, right = np.indices((side, side)) - (side - 1) / 2
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    along, across = c * down + s * right, c * right - s * down
    inside = np.clip(2 - abs(across), 0, 1) * np.clip(8 - abs(along), 0, 1)
    return inside.astype(np.float32)[None]


def direction(picture):
    """Degrees, counterclockwise from upright, of the longest axis of the ink."""
    down, right = np.indices(picture.shape) - (len(picture) - 1) / 2
    spread = [[(picture * a * b).sum() for b in (-down, right)] for a in (-down, right)]
    up, side = np.linalg.eigh(spread)[1][:, -1]
    return np.degrees(np.arctan(-side / up))


# ---- The whole function ----


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(200, 784), (200, 28, 28), (1, 784), (50, 3136), (2, 14, 14)])
def test_shape_and_dtype_stay(shape, dtype):
    images = np.resize(digits(), shape).astype(dtype)
    out = data.distort(images, 0)
    assert (out.shape, out.dtype) == (shape, dtype)


def test_rows_and_pictures_are_distorted_alike():
    as_rows = data.distort(digits(), 3)
    as_pictures = data.distort(digits().reshape(-1, 28, 28), 3)
    np.testing.assert_array_equal(as_rows.reshape(-1, 28, 28), as_pictures)


def test_no_strength_gives_the_same_pixels_in_a_new_array():
    images = digits()
    out = data.distort(images, 0, **NONE)
    np.testing.assert_array_equal(out, images)
    assert not np.shares_memory(out, images)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_each_strength_alone_changes_nearly_every_picture(strength):
    out = data.distort(digits(), 0, **only(**{strength: STRENGTHS[strength]}))
    assert (abs(out - digits()).max(axis=1) > 0.1).mean() >= 0.9


def test_the_input_is_not_changed():
    images = digits().copy()
    data.distort(images, 0)
    np.testing.assert_array_equal(images, digits())


@pytest.mark.parametrize("strengths", [{}, STRENGTHS, dict(rotation=180, alpha=500)])
def test_pixels_stay_between_paper_and_ink(strengths):
    out = data.distort(digits(1000), 1, **strengths)
    assert out.min() == 0
    assert 0.9 < out.max() <= 1


def test_a_white_and_a_black_picture_stay_in_range_to_the_last_bit():
    images = np.stack([np.zeros(784), np.ones(784), one().ravel() > 0.5]).astype(np.float32)
    out = data.distort(np.tile(images, (50, 1)), 0, **STRENGTHS).reshape(50, 3, 784)
    assert (out[:, 0] == 0).all()
    assert out.min() >= 0 and out.max() == 1


def test_the_same_rng_gives_the_same_bits():
    np.testing.assert_array_equal(data.distort(digits(), 5), data.distort(digits(), 5))
    from_generator = data.distort(digits(), np.random.default_rng(5))
    np.testing.assert_array_equal(data.distort(digits(), 5), from_generator)


def test_another_rng_and_another_picture_get_other_distortions():
    assert (data.distort(digits(), 5) != data.distort(digits(), 6)).any(axis=1).all()
    copies = data.distort(np.tile(digits(1), (200, 1)), 0)
    assert len(np.unique(copies, axis=0)) == 200


def test_a_generator_goes_on_from_where_it_was():
    rng = np.random.default_rng(0)
    assert (data.distort(digits(), rng) != data.distort(digits(), rng)).any()


def test_the_ink_is_roughly_kept():
    images = data.mnist()[0][0][:5000]
    ink = data.distort(images, 0).sum(axis=1) / images.sum(axis=1)
    assert abs(ink.mean() - 1) < 0.02
    assert (abs(np.log2(ink)) < 0.6).mean() > 0.97
    assert (abs(np.log2(ink)) < 1.2).all()


@pytest.mark.parametrize(("strengths", "share"), [(NONE, 0.94), (dict(alpha=0), 0.85), ({}, 0.6)])
def test_distorted_digits_are_still_read_rightly(strengths, share):
    """Most are still nearest to another picture of the same digit, with no net in between."""
    (x, y), _ = data.mnist()
    reader = KNeighborsClassifier(1).fit(x[20000:30000], y[20000:30000])
    assert reader.score(data.distort(x[:1000], 0, **strengths), y[:1000]) > share


# ---- The affine map ----


def test_a_quarter_turn_is_numpys_counterclockwise_one():
    turned = mapped(one(), angle=90)[0]
    np.testing.assert_allclose(turned, np.rot90(one()[0]), atol=1e-5)


@pytest.mark.parametrize("degrees", [-60, -30, -7, 0, 10, 45, 80])
def test_a_bar_is_turned_by_the_angle(degrees):
    turned = mapped(bar(0), angle=degrees)
    np.testing.assert_allclose(direction(turned[0]), degrees, atol=0.2)
    assert abs(turned - bar(degrees)).mean() < 0.005


def test_a_move_by_whole_pixels_moves_the_pixels_down_and_right():
    moved = mapped(one(), move=(2, 5))[0]
    np.testing.assert_allclose(moved[2:, 5:], one()[0, :-2, :-5], atol=1e-6)
    assert (moved[:2] == 0).all() and (moved[:, :5] == 0).all()


def test_half_a_pixel_lies_between_two():
    moved = mapped(one(), move=(0, -0.5))[0]
    middle = (one()[0, :, :-1] + one()[0, :, 1:]) / 2
    np.testing.assert_allclose(moved[:, :-1], middle, atol=1e-6)


@pytest.mark.parametrize(("height", "width"), [(2, 1), (1, 2), (0.5, 1), (0.7, 1.3)])
def test_stretching_multiplies_height_and_width(height, width):
    down, right = np.indices((28, 28)) - 13.5
    spot = np.exp(-(down**2 + right**2) / 8).astype(np.float32)[None]
    stretched = mapped(spot, height=height, width=width)[0]
    for axis, factor in ((down, height), (right, width)):
        spread = np.sqrt((stretched * axis**2).sum() / stretched.sum())
        assert spread == pytest.approx(2 * factor, rel=0.04)


def test_a_slant_moves_each_row_by_its_height():
    upright = np.zeros((1, 29, 29), np.float32)
    upright[0, :, 14] = 1
    slanted = mapped(upright, slant=0.5)[0]
    for row in range(0, 29, 2):
        assert slanted[row].argmax() == 14 + (row - 14) // 2


def test_the_maps_drawn_stay_within_their_strengths():
    args = dict(rotation=20, scaling=0, shear=0, shift=3)
    maps, moves = module.draw_affine(10_000, np.random.default_rng(0), **args)
    degrees = np.degrees(np.arctan2(maps[:, 1, 0], maps[:, 0, 0]))
    np.testing.assert_allclose([degrees.min(), degrees.max()], [-20, 20], atol=0.1)
    np.testing.assert_allclose([moves.min(), moves.max()], [-3, 3], atol=0.01)
    np.testing.assert_allclose(np.linalg.det(maps), 1)


# ---- The elastic distortion, against SciPy ----


@pytest.mark.parametrize("sigma", [0.5, 1, 2, 4])
def test_the_displacements_are_uniform_noise_smoothed_by_scipys_gaussian(sigma):
    smooth = module.smoothing(28, sigma)
    field = module.elastic(3, np.random.default_rng(0), np.float32(34), smooth)
    noise = np.random.default_rng(0).random((6, 28, 28), dtype=np.float32) * 2 - 1
    exact = [34 * gaussian_filter(z.T, sigma, mode="wrap", truncate=14 / sigma) for z in noise]
    np.testing.assert_allclose(field.reshape(6, 28, 28), exact, atol=0.02)


def test_displacements_have_the_size_that_alpha_and_sigma_promise():
    """A mean of uniform numbers (deviation 1/√3) by a Gaussian has 1 / (2 √π σ) of it."""
    smooth = module.smoothing(28, 4)
    field = module.elastic(3000, np.random.default_rng(0), np.float32(34), smooth)
    expected = 34 / np.sqrt(3) / (2 * np.sqrt(np.pi) * 4)
    np.testing.assert_allclose(field.std(axis=(1, 2, 3)), expected, rtol=0.02)
    np.testing.assert_allclose(field.std(axis=(0, 1)), expected, rtol=0.1)
    assert abs(field.mean()) < 0.02


def test_pixels_are_read_as_scipy_reads_them():
    rng = np.random.default_rng(0)
    pictures = rng.random((5, 28, 28)).astype(np.float32)
    spots = rng.uniform(-4, 32, (2, 5, 28, 28)).astype(np.float32)
    # SciPy has no border that fades to 0 within a pixel, so it gets one of zeros.
    wide = np.pad(pictures, ((0, 0), (6, 6), (6, 6)))
    exact = [map_coordinates(wide[i], spots[:, i] + 6, order=1) for i in range(5)]
    np.testing.assert_allclose(module.read(pictures, spots), exact, atol=1e-5)


# ---- Bad arguments ----


@pytest.mark.parametrize(
    ("error", "argument", "value"),
    [
        (ValueError, "rotation", -1),
        (ValueError, "rotation", 181),
        (TypeError, "rotation", (5, 10)),
        (TypeError, "rotation", None),
        (ValueError, "scaling", 0.91),
        (ValueError, "scaling", -0.1),
        (TypeError, "scaling", True),
        (ValueError, "shear", -0.1),
        (ValueError, "shear", float("inf")),
        (ValueError, "shift", -1),
        (ValueError, "shift", float("nan")),
        (TypeError, "shift", "1"),
        (ValueError, "alpha", -34),
        (ValueError, "alpha", float("inf")),
        (ValueError, "sigma", 0),
        (ValueError, "sigma", -4),
        (TypeError, "sigma", "4"),
        (ValueError, "rng", -1),
        (TypeError, "rng", "0"),
        (TypeError, "images", [[0.0] * 784]),
        (TypeError, "images", np.zeros((2, 784), np.uint8)),
        (TypeError, "images", np.zeros((2, 784), complex)),
        (ValueError, "images", np.zeros(784)),
        (ValueError, "images", np.zeros(())),
        (ValueError, "images", np.zeros((0, 784))),
        (ValueError, "images", np.zeros((2, 0))),
        (ValueError, "images", np.zeros((2, 785))),
        (ValueError, "images", np.zeros((2, 28, 27))),
        (ValueError, "images", np.zeros((2, 4, 9))),
        (ValueError, "images", np.zeros((2, 1, 28, 28))),
        (ValueError, "images", np.full((2, 784), np.nan)),
    ],
)
def test_a_bad_argument_is_named_before_anything_is_drawn(error, argument, value):
    rng = np.random.default_rng(0)
    before = rng.bit_generator.state
    arguments = {"images": digits(2), "rng": rng, argument: value}
    with pytest.raises(error, match=rf"^{argument}: expected .*, got .+"):
        data.distort(**arguments)
    assert rng.bit_generator.state == before
