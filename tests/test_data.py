"""What the data promise: MNIST bit for bit, and small sets that make their point."""

import random
import struct
import subprocess
import sys
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor

from mlpkit import data

# The module; the package's name `mnist` is the function in it.
module = import_module("mlpkit.data.mnist")

CLASSES = {"linear": 2, "blobs": 3, "xor": 2, "moons": 2, "rings": 2, "spirals": 3}
SETS = [*CLASSES, "curve"]


def make(name, **arguments):
    return getattr(data, name)(**arguments)


# ---- MNIST: the shipped arrays ----

IDX = {
    "train-images": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
COUNTS = {
    "train": [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
    "t10k": [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009],
}


def arrays_by_name(raw=True):
    (x_train, y_train), (x_test, y_test) = data.mnist(raw=raw)
    return {
        "train-images": x_train,
        "train-labels": y_train,
        "t10k-images": x_test,
        "t10k-labels": y_test,
    }


@pytest.mark.parametrize("name", IDX)
def test_mnist_gives_back_the_original_idx_files(name):
    array = arrays_by_name()[name].astype(np.uint8)
    header = struct.pack(f">I{array.ndim}I", 0x0800 + array.ndim, *array.shape)
    assert sha256(header + array.tobytes()).hexdigest() == IDX[name]


@pytest.mark.parametrize("part", COUNTS)
def test_mnist_has_the_official_number_of_each_digit(part):
    assert np.bincount(arrays_by_name()[f"{part}-labels"]).tolist() == COUNTS[part]


def test_mnist_is_float32_rows_and_int64_labels():
    (x_train, y_train), (x_test, y_test) = data.mnist()
    assert (x_train.shape, x_test.shape) == ((60000, 784), (10000, 784))
    assert (y_train.shape, y_test.shape) == ((60000,), (10000,))
    assert x_train.dtype == x_test.dtype == np.float32
    assert y_train.dtype == y_test.dtype == np.int64


def test_mnist_raw_is_uint8_pictures_and_int64_labels():
    (x_train, y_train), (x_test, y_test) = data.mnist(raw=True)
    assert (x_train.shape, x_test.shape) == ((60000, 28, 28), (10000, 28, 28))
    assert x_train.dtype == x_test.dtype == np.uint8
    assert y_train.dtype == y_test.dtype == np.int64


def test_mnist_pixels_are_the_nearest_float32_to_a_255th():
    _, (x, _) = data.mnist()
    _, (images, _) = data.mnist(raw=True)
    nearest = (np.arange(256) / 255).astype(np.float32)
    assert np.array_equal(x, nearest[images.reshape(len(images), -1)])
    assert (x.min(), x.max()) == (0, 1)


def test_mnist_training_pixels_have_the_known_mean_and_standard_deviation():
    (x, _), _ = data.mnist()
    # In parts of equal size: all pixels at once as float64 would take 376 MB.
    parts = np.split(x, 20)
    mean = np.mean([part.mean(dtype=np.float64) for part in parts])
    square = np.mean([np.square(part, dtype=np.float64).mean() for part in parts])
    assert mean == pytest.approx(0.13066, abs=5e-6)
    assert np.sqrt(square - mean**2) == pytest.approx(0.30811, abs=5e-6)


@pytest.mark.parametrize("raw", [False, True])
def test_mnist_arrays_refuse_to_be_written_into(raw):
    for array in arrays_by_name(raw).values():
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_mnist_gives_the_same_arrays_on_every_call():
    for raw in (False, True):
        first, second = arrays_by_name(raw), arrays_by_name(raw)
        assert all(first[name] is second[name] for name in first)


def test_mnist_labels_are_shared_by_raw_and_scaled():
    assert data.mnist()[0][1] is data.mnist(raw=True)[0][1]


def test_the_readme_and_the_code_name_the_hash_of_the_file_shipped():
    shipped = sha256(module.FILE.read_bytes()).hexdigest()
    readme = module.FILE.with_name("README.md").read_text(encoding="utf-8")
    assert shipped == module.SHA256
    assert all(f"`{digest}`" in readme for digest in (shipped, *IDX.values()))
    assert f"{module.FILE.stat().st_size:,} bytes" in readme
    for counts in COUNTS.values():
        assert " | ".join(map(str, counts)) in readme


# ---- MNIST: the file missing or damaged ----


@pytest.fixture
def fresh(monkeypatch):
    """The module as a new process finds it: nothing read yet."""
    for name in ("pictures", "rows"):
        monkeypatch.setattr(module, name, cache(getattr(module, name).__wrapped__))


@pytest.fixture
def copy(fresh, monkeypatch, tmp_path):
    """The path of a copy of the file, which the module reads in its stead."""
    path = tmp_path / "mnist.npz"
    path.write_bytes(module.FILE.read_bytes())
    monkeypatch.setattr(module, "FILE", path)
    return path


def flipped(content):
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


DAMAGE = {
    "one bit flipped": flipped,
    "truncated": lambda content: content[:-1000],
    "empty": lambda content: b"",
    "one byte too many": lambda content: content + b"\0",
    "a web page in its place": lambda content: b"<!DOCTYPE html>",
}


def assert_one_sentence_with_a_remedy(message, path):
    assert str(path) in message
    assert "git restore mlpkit/data/mnist.npz" in message
    assert "install mlpkit again" in message
    assert "\n" not in message
    assert message.endswith(".") and ". " not in message


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("raw", [False, True])
def test_a_damaged_mnist_file_is_named_in_one_sentence(damage, raw, copy):
    copy.write_bytes(DAMAGE[damage](copy.read_bytes()))
    with pytest.raises(ValueError, match="damaged") as caught:
        data.mnist(raw=raw)
    assert_one_sentence_with_a_remedy(str(caught.value), copy)


def test_a_missing_mnist_file_is_named_in_one_sentence(copy):
    copy.unlink()
    with pytest.raises(FileNotFoundError, match="missing") as caught:
        data.mnist()
    assert_one_sentence_with_a_remedy(str(caught.value), copy)


def test_mnist_can_be_read_once_the_file_is_back(copy):
    good = copy.read_bytes()
    copy.write_bytes(flipped(good))
    with pytest.raises(ValueError, match="damaged"):
        data.mnist()
    copy.write_bytes(good)
    assert len(data.mnist()[0][0]) == 60000


def test_mnist_is_read_and_verified_once_per_process(fresh, monkeypatch):
    hashed = []
    monkeypatch.setattr(module, "sha256", lambda content: hashed.append(1) or sha256(content))
    for raw in (False, True, False, True):
        data.mnist(raw=raw)
    assert len(hashed) == 1


def test_mnist_never_unpickles(copy, monkeypatch):
    np.savez(copy, x_train=np.array([print], dtype=object))
    monkeypatch.setattr(module, "SHA256", sha256(copy.read_bytes()).hexdigest())
    with pytest.raises(ValueError, match="allow_pickle=False"):
        data.mnist()


# ---- the small sets ----


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("n", [4, 5, 50, 101])
def test_sets_have_points_in_the_plane_and_integer_labels(name, n):
    x, y = make(name, n=n)
    assert (x.shape, x.dtype) == ((n, 2), np.float64)
    assert (y.shape, y.dtype) == ((n,), np.int64)
    assert np.isfinite(x).all()


@pytest.mark.parametrize("n", [1, 5, 100])
def test_curve_has_one_column_of_inputs_and_one_of_targets(n):
    x, y = data.curve(n=n)
    assert x.shape == y.shape == (n, 1)
    assert x.dtype == y.dtype == np.float64


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("n", [12, 13, 100])
def test_classes_are_as_equal_as_n_allows(name, n):
    noise = {"noise": 0} if name == "linear" else {}  # its noise draws labels by lot
    counts = np.bincount(make(name, n=n, **noise)[1])
    assert len(counts) == CLASSES[name]
    # xor gives each of four clouds its share, so its two classes may differ by 2.
    assert np.ptp(counts) <= (2 if name == "xor" else 1)


@pytest.mark.parametrize("name", CLASSES)
def test_samples_come_in_random_order(name):
    _, y = make(name)
    assert set(y[:20]) == set(range(CLASSES[name]))


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_spirals_have_the_classes_asked_for(classes):
    assert np.bincount(data.spirals(classes=classes)[1]).tolist() == [300 // classes] * classes


@pytest.mark.parametrize("name", SETS)
def test_defaults_lie_around_zero_and_reach_to_about_two(name):
    x, _ = make(name)
    assert np.abs(x.mean(axis=0)).max() < 0.4
    assert 1.8 < np.abs(x).max() < 2.6


@pytest.mark.parametrize("name", SETS)
def test_the_same_rng_gives_the_same_bits(name):
    for a, b in zip(make(name, rng=7), make(name, rng=7), strict=True):
        assert a.tobytes() == b.tobytes()
    for a, b in zip(make(name, rng=7), make(name, rng=np.random.default_rng(7)), strict=True):
        assert a.tobytes() == b.tobytes()


@pytest.mark.parametrize("name", SETS)
def test_another_rng_gives_other_points(name):
    generator = np.random.default_rng(7)
    first, second = make(name, rng=generator)[0], make(name, rng=generator)[0]
    assert not np.isin(first, second).any()
    assert not np.isin(make(name, rng=0)[0], make(name, rng=1)[0]).any()


@pytest.mark.parametrize("name", SETS)
def test_no_global_random_state_is_touched(name):
    before = random.getstate(), np.random.get_state()[1:3]  # noqa: NPY002
    make(name)
    after = random.getstate(), np.random.get_state()[1:3]  # noqa: NPY002
    assert before[0] == after[0]
    assert np.array_equal(before[1][0], after[1][0]) and before[1][1] == after[1][1]


@pytest.mark.parametrize("name", ["blobs", "xor", "moons", "rings", "spirals", "curve"])
def test_noise_is_a_standard_deviation_in_the_unit_of_the_points(name):
    # The same rng gives the same samples whatever the noise, so their difference is the noise.
    noisy, clean = make(name, n=3000, noise=0.3), make(name, n=3000, noise=0)
    moved = 1 if name == "curve" else 0
    assert (noisy[moved] - clean[moved]).std() == pytest.approx(0.3, rel=0.05)
    assert np.array_equal(noisy[1 - moved], clean[1 - moved])


def test_without_noise_xor_is_four_points():
    x, y = data.xor(noise=0)
    assert np.array_equal(np.abs(x), np.ones_like(x))
    assert np.array_equal(y, (x[:, 0] * x[:, 1] < 0).astype(int))


def test_without_noise_rings_are_circles_of_radius_two_and_one():
    x, y = data.rings(noise=0)
    np.testing.assert_allclose(np.hypot(*x.T), 2 - y, rtol=1e-12)


def test_without_noise_moons_are_half_circles():
    x, y = data.moons(noise=0)
    center = np.where(y[:, None] == 0, [-2 / 3, -1 / 3], [2 / 3, 1 / 3])
    np.testing.assert_allclose(np.hypot(*(x - center).T), 4 / 3, rtol=1e-12)


def test_without_noise_blobs_are_three_points():
    assert len(np.unique(data.blobs(noise=0)[0], axis=0)) == 3


def test_without_noise_each_arm_of_the_spirals_is_the_first_one_turned():
    x, y = data.spirals(noise=0)
    radius = np.hypot(*x.T)
    assert 0.2 <= radius.min() and radius.max() <= 2
    # Turned back by its class and by how far out it lies, each point falls on the x axis.
    angle = np.arctan2(x[:, 1], x[:, 0]) - 2 * np.pi * (y / 3 + (radius - 0.2) / 1.8 * 2 / 3)
    np.testing.assert_allclose(np.cos(angle), 1, rtol=1e-12)


def test_without_noise_curve_is_a_sine_with_a_trend():
    x, y = data.curve(noise=0)
    np.testing.assert_allclose(y, np.sin(2 * x) + x / 2, rtol=1e-12)


# ---- the point that each set makes ----


def share_right_of_a_line(name, rng=0):
    x, y = make(name, rng=rng)
    return LogisticRegression(C=100).fit(x, y).score(x, y)


def share_right_of_a_net(name, hidden):
    x, y = make(name)
    net = MLPClassifier(
        hidden, activation="tanh", solver="lbfgs", alpha=0.01, max_iter=2000, random_state=0
    )
    return net.fit(x, y).score(x, y)


@pytest.mark.parametrize("rng", range(5))
@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("blobs", 0.98, 1),
        ("linear", 0.9, 0.99),
        ("moons", 0.84, 0.93),
        ("xor", 0.45, 0.6),
        ("rings", 0.45, 0.6),
        ("spirals", 0.4, 0.6),
    ],
)
def test_a_line_does_as_well_as_the_set_lets_it(name, low, high, rng):
    assert low <= share_right_of_a_line(name, rng) <= high


@pytest.mark.parametrize("name", ["xor", "moons", "rings", "spirals"])
def test_one_hidden_layer_does_what_no_line_can(name):
    assert share_right_of_a_net(name, (16,)) >= 0.97


def test_linear_without_noise_is_separated_by_a_line():
    x, y = data.linear(noise=0)
    assert LogisticRegression(C=100).fit(x, y).score(x, y) == 1


def test_half_of_the_labels_drawn_by_lot_are_wrong_in_linear():
    x, y = data.linear(n=4000, noise=0.2)
    assert LogisticRegression().fit(x, y).score(x, y) == pytest.approx(0.9, abs=0.02)


def test_a_line_misses_the_curve_and_a_hidden_layer_follows_it():
    x, y = data.curve()
    net = MLPRegressor(
        hidden_layer_sizes=(16,), activation="tanh", solver="lbfgs", max_iter=2000, random_state=0
    )
    assert LinearRegression().fit(x, y).score(x, y) < 0.6
    assert net.fit(x, y.ravel()).score(x, y) > 0.96


# ---- split ----


def test_split_shuffles_and_loses_nothing():
    x, y = np.arange(200.0).reshape(100, 2), np.arange(100)
    (x_rest, y_rest), (x_held, y_held) = data.split(x, y, share=0.2, rng=0)
    assert (x_rest.shape, x_held.shape) == ((80, 2), (20, 2))
    assert sorted([*y_rest, *y_held]) == list(range(100))
    assert (np.diff(y_rest) < 0).any() and (np.diff(y_held) < 0).any()


def test_split_keeps_each_sample_with_its_label():
    x, y = np.arange(200.0).reshape(100, 2), np.arange(100)
    for x_part, y_part in data.split(x, y, share=0.3, rng=1):
        assert np.array_equal(x_part, x[y_part])


def test_split_keeps_dtypes_and_trailing_shapes():
    x, y = np.zeros((10, 28, 28), np.uint8), np.zeros((10, 1), np.float32)
    for x_part, y_part in data.split(x, y, share=0.5, rng=0):
        assert (x_part.dtype, y_part.dtype) == (np.uint8, np.float32)
        assert (x_part.shape, y_part.shape) == ((5, 28, 28), (5, 1))


def test_split_gives_copies_even_of_read_only_arrays():
    x = np.zeros((10, 2))
    x.setflags(write=False)
    (x_rest, _), (x_held, _) = data.split(x, np.arange(10))
    x_rest[:] = x_held[:] = 1
    assert not x.any()


def test_split_depends_on_rng_alone():
    x, y = data.moons()
    first, again, other = (data.split(x, y, 0.2, rng)[1][0] for rng in (3, 3, 4))
    assert np.array_equal(first, again) and not np.array_equal(first, other)


# ---- bad arguments ----


def assert_refused(error, argument, call):
    with pytest.raises(error, match=rf"^{argument}: expected .*, got .+") as caught:
        call()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(
    ("error", "argument", "value"),
    [
        (ValueError, "n", 0),
        (ValueError, "n", -5),
        (TypeError, "n", 100.0),
        (TypeError, "n", "100"),
        (TypeError, "n", True),
        (TypeError, "n", None),
        (ValueError, "noise", -0.1),
        (ValueError, "noise", float("nan")),
        (ValueError, "noise", float("inf")),
        (TypeError, "noise", "a little"),
        (TypeError, "noise", None),
        (ValueError, "rng", -1),
        (TypeError, "rng", "seed"),
    ],
)
def test_sets_refuse_bad_arguments_by_name(name, error, argument, value):
    assert_refused(error, argument, lambda: make(name, **{argument: value}))


@pytest.mark.parametrize("name", CLASSES)
def test_sets_refuse_fewer_samples_than_classes(name):
    assert_refused(ValueError, "n", lambda: make(name, n=CLASSES[name] - 1))


@pytest.mark.parametrize(("error", "classes"), [(ValueError, 1), (ValueError, 0), (TypeError, 2.5)])
def test_spirals_refuse_bad_classes(error, classes):
    assert_refused(error, "classes", lambda: data.spirals(classes=classes))


def test_linear_refuses_a_noise_above_one():
    assert_refused(ValueError, "noise", lambda: data.linear(noise=1.1))


def test_a_refused_call_draws_nothing_from_the_generator():
    rng = np.random.default_rng(0)
    before = rng.bit_generator.state
    assert_refused(ValueError, "noise", lambda: data.moons(noise=-1, rng=rng))
    assert_refused(ValueError, "y", lambda: data.split([1, 2], [1], rng=rng))
    assert rng.bit_generator.state == before


@pytest.mark.parametrize(
    ("error", "share"),
    [(ValueError, s) for s in (0, 1, -0.2, 1.5, float("nan"))]
    + [(TypeError, s) for s in ("a fifth", None, True)],
)
def test_split_refuses_a_share_that_is_none(error, share):
    x, y = data.moons()
    assert_refused(error, "share", lambda: data.split(x, y, share))


@pytest.mark.parametrize(("n", "share"), [(2, 0.1), (2, 0.9), (1, 0.5), (0, 0.5)])
def test_split_refuses_to_leave_a_part_empty(n, share):
    assert_refused(ValueError, "share", lambda: data.split(np.zeros((n, 2)), np.zeros(n), share))


@pytest.mark.parametrize(("x", "y"), [([[1], [2]], [1]), ([[1]], [1, 2]), (1, 1), ([1, 2], 1)])
def test_split_refuses_lengths_that_differ(x, y):
    assert_refused(ValueError, "y", lambda: data.split(x, y))


def test_split_refuses_a_bad_rng():
    assert_refused(ValueError, "rng", lambda: data.split(*data.moons(), rng=-1))


# ---- the room as a whole ----


def test_importing_data_loads_neither_scikit_learn_nor_matplotlib():
    program = "import sys, mlpkit.data; print({'sklearn', 'matplotlib'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.strip() == "set()"


def test_data_stands_alone():
    for file in Path(module.FILE).parent.glob("*.py"):
        source = file.read_text(encoding="utf-8")
        assert "from .." not in source and "import mlpkit" not in source, file.name


def test_every_public_name_has_its_line_in_the_package_docstring():
    first_words = [line.split()[0] for line in data.__doc__.splitlines() if line]
    assert set(data.__all__) <= set(first_words)


# ---- The net to compute by hand ----


def test_the_net_of_two_inputs_two_hidden_units_and_two_outputs_is_made_anew_each_time():
    net, x, y = data.net222()
    assert [part.shape for part in net] == [(2, 2), (2,), (2, 2), (2,)]
    assert x.shape == y.shape == (2,)
    net.W1[0, 0] = 9
    assert data.net222()[0].W1[0, 0] == 0.4
