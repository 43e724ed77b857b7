"""A saved net comes back bit for bit; a damaged file is refused, and the former one kept."""

import json
import os
import pickle
import re
import stat
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nets import assert_same, random_case, values
from saving import damage

import mlpkit
from mlpkit import Linear, Net, ReLU, Sigmoid, Softmax, Tanh
from mlpkit.files import replacing
from mlpkit.interop import exports, load, parts, save, saving, to_onnx, to_torch

RIGHT = Path(__file__).parent / "right_answers"
DTYPES = [np.float32, np.float64]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "net.npz"


def small(number=0.5):
    """Return a net whose parameters all are that number."""
    net = Net(Linear(3, 2), Tanh())
    for _, value, _ in net.parameters():
        value[:] = number
    return net


def held(path):
    """Return the number that all parameters of the net in a file are."""
    (number,) = {float(n) for value in values(load(path)).values() for n in value.flat}
    return number


def kinds(net):
    """Return the classes of the layers."""
    return [type(layer) for layer in net.layers]


# --- There and back


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("seed", range(20))
def test_a_net_comes_back_bit_for_bit(path, seed, dtype):
    case = random_case(seed)
    case.net.astype(dtype)
    save(case.net, path)
    loaded = load(path)
    assert kinds(loaded) == kinds(case.net)
    assert_same(values(loaded), values(case.net))
    x = case.x.astype(dtype)
    assert loaded.forward(x).tobytes() == case.net.forward(x).tobytes()


@given(st.lists(st.floats(width=64), min_size=6, max_size=6))
def test_every_number_comes_back_with_its_bits(tmp_path_factory, numbers):
    path, net = tmp_path_factory.mktemp("bits") / "net.npz", Net(Linear(3, 2))
    net.layers[0].W = np.array(numbers).reshape(3, 2)
    save(net, path)
    assert load(path).layers[0].W.tobytes() == net.layers[0].W.tobytes()


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_loaded_net_goes_on_training_as_the_saved_one(path, dtype):
    case = damage.example().astype(dtype)
    save(case, path)
    x, y = np.eye(4, dtype=dtype), np.arange(4)
    for net in (case, loaded := load(path)):
        optimizer = mlpkit.SGD(net, 0.1, momentum=0.9)
        mlpkit.train(net, mlpkit.CrossEntropyLoss(), optimizer, x, y, 2, 3, rng=0)
    assert_same(values(loaded), values(case))


def test_gradients_of_a_loaded_net_start_at_zero_in_its_dtype(path):
    save(small().astype(np.float32), path)
    layer = load(path).layers[0]
    assert_same({"W": layer.dW, "b": layer.db}, {"W": 0 * layer.W, "b": 0 * layer.b})


def test_parameters_that_are_views_in_other_orders_come_back(path):
    net = Net(Linear(3, 2))
    net.layers[0].W = np.arange(12.0).reshape(2, 6)[:, ::-2].T
    net.layers[0].b = np.array([1, 2], dtype=">f8")
    save(net, path)
    np.testing.assert_array_equal(load(path).layers[0].W, net.layers[0].W)
    np.testing.assert_array_equal(load(path).layers[0].b, [1, 2])
    assert load(path).layers[0].b.dtype == np.float64


def test_a_net_of_the_most_layers_comes_back(path):
    save(Net(*(Linear(1, 1) for _ in range(parts.MOST_LAYERS))), path)
    assert len(load(path).layers) == parts.MOST_LAYERS


def test_saving_leaves_the_net_as_it_is(path):
    net = damage.example()
    before = values(net)
    save(net, path)
    assert_same(values(net), before)


def test_the_same_net_makes_the_same_file(tmp_path):
    for name in "ab":
        save(small(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


@pytest.mark.parametrize("name", ["net", "my best net.npz", "شبکه عصبی.npz", "โครงข่าย 1.npz", ".n"])
def test_a_file_has_exactly_the_name_it_is_given(tmp_path, name):
    save(small(), str(tmp_path / name))
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert held(tmp_path / name) == 0.5


def test_numpy_reads_the_arrays_of_the_file_too(path):
    net = damage.example()
    save(net, path)
    with np.load(path, allow_pickle=False) as arrays:
        found = [arrays[name] for name in ("0.W", "0.b", "3.W", "3.b", "5.W", "5.b")]
    for array, value in zip(found, values(net).values(), strict=True):
        np.testing.assert_array_equal(array, value)


# --- The learner's own classes


def answer(exercise, name):
    """Return the namespace of an answer as a learner writes it."""
    space = {"np": np}
    exec((RIGHT / exercise / f"{name}.py").read_text(encoding="utf-8"), space)
    return space


@pytest.mark.parametrize("name", ["one-matrix", "other-attributes", "written-in-place"])
def test_a_net_of_the_learners_own_classes_comes_back_as_mlpkits(path, name):
    own = answer("linear", name)["Linear"]
    layers = [own(3, 4, 0), answer("relu", "extra-methods")["ReLU"](), own(4, 2, 1)]
    net = answer("net", "other-attributes")["Net"](*layers)
    save(net, path)
    loaded = load(path)
    assert type(loaded) is Net
    assert kinds(loaded) == [Linear, ReLU, Linear]
    x = np.random.default_rng(0).normal(size=(5, 3))
    np.testing.assert_allclose(loaded.forward(x), net.forward(x), 1e-14, 1e-14)


# --- What cannot be saved is refused, and the former file is kept


class Dropout:
    """A layer that mlpkit does not have."""

    def forward(self, x):
        return x

    def backward(self, dout):
        return dout


def learning(name):
    """Return a layer of this class name that learns a parameter called slope."""
    triple = ("slope", np.ones(1), np.ones(1))
    return type(name, (Dropout,), {"parameters": lambda self: [triple]})()


def with_parameters(W, b):
    """Return a net of one Linear layer with these parameters."""
    net = Net(Linear(3, 2))
    net.layers[0].W, net.layers[0].b = W, b
    return net


UNFIT = [
    (Net(Tanh(), Dropout()), r"layer 1: .*Tanh, ReLU, Sigmoid, Softmax.*, got Dropout"),
    (Net(learning("ReLU")), r"layer 0: .*, got ReLU with \['slope'\]"),
    (Net(learning("Linear")), r"layer 0: .*, got Linear with \['slope'\]"),
    (Net(type("Linear", (Dropout,), {})()), "W of layer 0: expected float32 or float64.*object"),
    (with_parameters(np.ones((3, 2), int), np.ones(2)), r"W of layer 0: .*net\.astype.*got int"),
    (with_parameters(np.ones((3, 2)), np.ones(2, np.float16)), "b of layer 0: .*got float16"),
    (with_parameters(np.ones((2, 3)), np.ones(2)), r"layer 0: expected W \(n_in, n_out\)"),
    (with_parameters(np.ones((2, 3)), np.ones((1, 3))), r"layer 0: .*got \(2, 3\) and \(1, 3\)"),
    (with_parameters(np.ones((0, 3)), np.ones(3)), r"layer 0: .*got \(0, 3\)"),
    (with_parameters(np.ones(3), np.ones(3)), r"layer 0: .*got \(3,\)"),
    (Net(*[Tanh()] * 1001), "net: expected a net of 1 to 1000 layers"),
    ("net.npz", "net: expected a net of 1 to 1000 layers, got 'net.npz'"),
    (None, "net: expected a net of 1 to 1000 layers, got None"),
]


@pytest.mark.parametrize(("net", "words"), UNFIT)
def test_what_the_file_could_not_give_back_is_refused_by_name(path, net, words):
    save(small(7), path)
    with pytest.raises(ValueError, match=words):
        save(net, path)
    assert held(path) == 7


def test_a_net_larger_than_load_accepts_is_not_saved(path, monkeypatch):
    monkeypatch.setattr(saving, "MOST_BYTES", 1000)
    with pytest.raises(ValueError, match="net: expected at most 1000 bytes, got"):
        save(small(), path)
    assert not path.exists()


# --- Damaged files


def test_300_damaged_and_forged_files_are_refused(tmp_path):
    counted = damage.judged(300, np.random.default_rng(1), tmp_path)
    assert sum(counted.values()) == 300
    assert {came for _, came in counted} == {"refused"}


def test_every_byte_of_the_file_is_guarded(path):
    save(small(), path)
    data = path.read_bytes()
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(ValueError, match="SHA-256"):
            load(path)


def test_a_forged_file_that_runs_code_would_be_found():
    damage.RAN.clear()
    pickle.loads(pickle.dumps(damage.Payload()))
    assert damage.RAN == ["executed"]


def test_a_forgery_that_changes_nothing_is_loaded(path):
    save(damage.example(), path)
    path.write_bytes(damage.zipped(damage.members(path.read_bytes()).items(), seal=True))
    assert damage.verdict(path) == "loaded"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "expected 65 to 1073741824 bytes, got 0"),
        (b"<html>" * 100, "expected the SHA-256 of its bytes at its end, got another: .*damaged"),
    ],
)
def test_the_error_names_the_file_and_what_was_expected(path, content, words):
    path.write_bytes(content)
    with pytest.raises(ValueError, match=re.escape(f"{path}: ") + words):
        load(path)


def test_an_npz_of_something_else_is_refused(path):
    np.savez(path, W=np.ones(100))
    with pytest.raises(ValueError, match="not written by save"):
        load(path)


def test_a_file_of_a_later_version_says_so(path, monkeypatch):
    monkeypatch.setattr(saving, "VERSION", 2)
    save(small(), path)
    monkeypatch.undo()
    with pytest.raises(ValueError, match=r"format version 1, got another \(version: .* got 2\)"):
        load(path)


def test_a_huge_file_is_refused_unread(path, monkeypatch):
    assert saving.MOST_BYTES == 2**30
    monkeypatch.setattr(saving, "MOST_BYTES", 1000)
    path.write_bytes(bytes(1001))
    monkeypatch.setattr(saving, "open", None, raising=False)
    with pytest.raises(ValueError, match=r"1000 bytes, got 1001"):
        load(path)


def forged(path, change):
    """Let `change` edit the header and the members of a whole file, and renew its checksum."""
    save(damage.example(), path)
    content = damage.members(path.read_bytes())
    header = json.loads(content["header.json"])
    content["header.json"] = b""
    change(header, content)
    content["header.json"] = content["header.json"] or json.dumps(header).encode()
    path.write_bytes(damage.zipped(content.items(), seal=True))


def shaped(W, b=(4,)):
    """Return the change that gives the first layer other shapes in the header."""

    def change(header, content):
        header["layers"][0]["W"]["shape"], header["layers"][0]["b"]["shape"] = W, b

    return change


REASONS = [
    (shaped([2**40, 4]), r"0\.W\.npy: expected \(1099511627776, 4\) float64, got 256"),
    (shaped([4.0, 4], [4]), "layer 0: expected whole numbers above 0"),
    (shaped([-4, -4], [-4]), "layer 0: expected whole numbers above 0"),
    (shaped([4, 4], [3]), r"layer 0: expected W \(n_in, n_out\) and b \(n_out,\)"),
    (lambda header, _: header.update(layers=[]), "layers: expected 1 to 1000, got 0"),
    (
        lambda header, _: header.update(layers=[{"layer": "Tanh"} for _ in range(1001)]),
        "layers: expected 1 to 1000, got 1001",
    ),
    (lambda header, _: header.update(format="torch"), "format: expected mlpkit net, got torch"),
    (lambda _, content: content.update({"header.json": b" " * 10**6 + b"{}"}), "first member"),
    (lambda _, content: content.update({"6.W.npy": b""}), r"members: expected \['0\.W\.npy'"),
    (
        lambda _, content: content.update({"0.b.npy": b"PK\x01\x02" * 2001}),
        "members: expected at most 2001, got 20",
    ),
]


@pytest.mark.parametrize(("change", "words"), REASONS)
def test_a_forged_file_is_refused_before_its_arrays_are_read(path, monkeypatch, change, words):
    forged(path, change)
    monkeypatch.setattr(np.lib.format, "read_magic", None)
    with pytest.raises(ValueError, match=f"{re.escape(str(path))}: .*{words}"):
        load(path)


def test_members_that_share_their_bytes_are_refused(path):
    save(damage.example(), path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"changed, so that the list of members is written again"
        for member in archive.infolist():
            member.file_size = member.compress_size = path.stat().st_size // 2
    with pytest.raises(ValueError, match=r"members: expected .*none inside another"):
        saving.unpacked(path.read_bytes())


def test_a_missing_file_keeps_the_systems_own_error(path):
    with pytest.raises(FileNotFoundError, match=re.escape(path.name)):
        load(path)


# --- In one step, or not at all


def test_a_failed_save_keeps_the_former_file_and_leaves_nothing(path, monkeypatch):
    save(small(1), path)
    for step in ("fsync", "replace"):
        with monkeypatch.context() as patch, pytest.raises(OSError, match="disk full"):
            patch.setattr(os, step, fails)
            save(small(2), path)
        assert [p.name for p in path.parent.iterdir()] == [path.name]
        assert held(path) == 1


def fails(*_):
    raise OSError("disk full")


def test_a_missing_folder_keeps_the_systems_own_error(tmp_path):
    with pytest.raises(FileNotFoundError, match="nowhere"):
        save(small(), tmp_path / "nowhere" / "net.npz")


def test_a_folder_is_not_replaced_by_a_file(tmp_path):
    with pytest.raises(ValueError, match="path: expected a file, or a name not taken yet, got"):
        save(small(), tmp_path)
    assert tmp_path.is_dir()


def test_a_folder_that_allows_no_files_keeps_the_systems_own_error(path, monkeypatch):
    def refused(file, mode):
        raise PermissionError(13, "Permission denied", str(file))

    save(small(1), path)
    monkeypatch.setattr(replacing, "open", refused, raising=False)
    with pytest.raises(PermissionError, match=r"Permission denied: .*net\.npz"):
        save(small(2), path)
    monkeypatch.undo()
    assert held(path) == 1


def test_a_saved_file_has_the_permissions_of_any_new_file(path):
    save(small(), path)
    path.with_name("other").write_bytes(b"")
    modes = {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert len(modes) == 1


def test_a_file_that_is_replaced_keeps_its_permissions(path):
    save(small(1), path)
    path.chmod(0o600)
    before = path.stat().st_mode
    save(small(2), path)
    assert path.stat().st_mode == before


STRAY = ".net.npz.0123456789abcdef.tmp"
OTHERS = [".net.npz.tmp", ".net.npz.mine.tmp", ".other.npz.0123456789abcdef.tmp", "net.npz.tmp"]
# This system's own, and none, as on Windows.
LOCKS = [None, *filter(None, [replacing.fcntl])]


def left_long_ago(path):
    """Write a file as if that had been two minutes ago."""
    path.write_bytes(b"half")
    os.utime(path, (time.time() - 120,) * 2)


@pytest.mark.parametrize("lock", LOCKS)
def test_the_next_save_removes_what_killed_saves_left_and_nothing_else(path, monkeypatch, lock):
    monkeypatch.setattr(replacing, "fcntl", lock)
    for name in [STRAY, *OTHERS]:
        left_long_ago(path.with_name(name))
    save(small(), path)
    assert {p.name for p in path.parent.iterdir()} == {path.name, *OTHERS}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_save_leaves_alone_what_another_save_is_writing(path, monkeypatch, lock):
    monkeypatch.setattr(replacing, "fcntl", lock)
    stray = path.with_name(STRAY)
    with replacing.swept(path):
        stray.write_bytes(b"whole, but not in its place yet")
        save(small(1), path)
        assert stray.exists()
    save(small(2), path)
    assert stray.exists() == (lock is None)


def refusing(monkeypatch, times, winerror):
    """Let so many calls of os.replace fail with an error that Windows gives such a number."""
    real, asked = os.replace, []

    def replace(*paths):
        asked.append(paths)
        if len(asked) <= times:
            error = PermissionError(13, "Access is denied")
            error.winerror = winerror
            raise error
        real(*paths)

    monkeypatch.setattr(replacing.os, "replace", replace)
    monkeypatch.setattr(replacing.time, "sleep", lambda seconds: None)
    return asked


def test_a_file_that_a_virus_scanner_reads_is_replaced_when_it_has_ended(path, monkeypatch):
    save(small(1), path)
    asked = refusing(monkeypatch, times=len(replacing.PAUSES), winerror=32)
    save(small(2), path)
    assert held(path) == 2 and len(asked) == len(replacing.PAUSES) + 1


@pytest.mark.parametrize(("winerror", "times"), [(32, len(replacing.PAUSES) + 1), (None, 1)])
def test_a_file_that_stays_refused_is_as_it_was(path, monkeypatch, winerror, times):
    save(small(1), path)
    path.chmod(0o444)
    asked = refusing(monkeypatch, times=100, winerror=winerror)
    with pytest.raises(PermissionError):
        save(small(2), path)
    assert len(asked) == times and held(path) == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    path.chmod(0o644)


SAVER = """
import sys
from test_saving import replacing, save, small
if sys.argv[2] == "no lock":
    replacing.fcntl = None
for number in range(40):
    save(small(number), sys.argv[1])
"""


@pytest.mark.parametrize("lock", ["lock", "no lock"])
def test_two_programs_that_save_to_one_file_leave_one_whole_net(path, lock):
    paths = os.pathsep.join(sys.path)
    command = [sys.executable, "-c", SAVER, str(path), lock]
    runs = [subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}) for _ in range(2)]
    assert [run.wait(60) for run in runs] == [0, 0]
    assert held(path) == 39
    assert [p.name for p in path.parent.iterdir()] == [path.name]


# --- Exports, as far as they go without the packages (tests/torch has the rest)


@pytest.mark.parametrize("package", ["torch", "onnx"])
def test_an_export_without_its_package_says_how_to_get_it(monkeypatch, path, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(ImportError, match=f"needs the package {package}: pip install {package}"):
        to_torch(small()) if package == "torch" else to_onnx(small(), path)
    assert not path.exists()


def test_importing_interop_loads_neither_package():
    code = "import mlpkit.interop, sys; print({'torch', 'onnx'} & set(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"


def test_every_layer_has_an_operator_of_onnx():
    operators = {exports.OPERATORS.get(kind, kind) for kind in parts.KINDS}
    assert operators == {"Gemm", "Tanh", "Relu", "Sigmoid", "Softmax"}
    assert {type(layer) for layer in damage.example().layers} == {*parts.KINDS.values()}
    assert {Linear, ReLU, Sigmoid, Softmax, Tanh} == {*parts.KINDS.values()}
