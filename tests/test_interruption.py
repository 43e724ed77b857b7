"""Kernel → Interrupt, a full disk: what is there stays whole, and the learner can go on.

An interrupt is a KeyboardInterrupt between two lines. Here it comes before every line in turn, so
the tests are the same on every system; three tests press the button of a real kernel.
"""

import contextlib
import errno
import os
import queue
import re
import sys
import time
import warnings
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from jupyter_client.manager import KernelManager
from sklearn.exceptions import ConvergenceWarning

import mlpkit
from mlpkit import SGD, Adam, CrossEntropyLoss, Linear, Net, Tanh, checks, data, train, widgets
from mlpkit.checks.kernels import ThisPython
from mlpkit.interop import MLPClassifier, MLPRegressor, load, save
from mlpkit.train import steps

PACKAGE = Path(mlpkit.__file__).parent
TRAINING = ("train.py", "net.py", "layers.py", "losses.py", "optim.py")
EXPLORERS = [f"widgets/{name}.py" for name in ("player", "live", "panel", "training", "descent")]
LOOKS = [f"widgets/{name}.py" for name in ("live", "training", "descent", "batches")]
BATCH, EPOCHS = 25, 2
PER_EPOCH = 2  # updates: 40 samples, the last batch is the smaller one


def interrupted(action, line, *files):
    """Do `action`, and interrupt it before the line that comes as number `line` of these files of
    mlpkit; return whether so many lines came."""
    left, watched = iter(range(line)), {str(PACKAGE / file) for file in files}

    def at_line(frame, event, argument):
        if event == "line" and next(left, None) is None:
            sys.settrace(None)
            raise KeyboardInterrupt
        return at_line

    def at_call(frame, event, argument):
        return at_line if frame.f_code.co_filename in watched else None

    before, warned = sys.gettrace(), np.geterr()
    sys.settrace(at_call)
    try:
        action()
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
        np.seterr(**warned)  # an interrupt on the way out of np.errstate leaves its setting
    return False


# --- train


class Run:
    """A training of 40 samples that is always the same one; `epochs` gets what on_epoch gets."""

    def __init__(self, make_optimizer, dtype):
        x, y = data.moons(n=40, rng=0)
        rng = np.random.default_rng(0)
        self.x, self.y = x.astype(dtype), y
        self.net = Net(Linear(2, 3, rng), Tanh(), Linear(3, 2, rng)).astype(dtype)
        self.loss, self.optimizer = CrossEntropyLoss(), make_optimizer(self.net)
        self.epochs = []

    def train(self, epochs=EPOCHS):
        parts = self.net, self.loss, self.optimizer, self.x, self.y
        validation = self.x[:10], self.y[:10]
        return train(*parts, BATCH, epochs, validation, 0, self.epochs.append)

    def values(self):
        return [value.copy() for _, value, _ in self.net.parameters()]

    def history(self):
        """The parameters before the first update and after each."""
        parts = self.net, self.loss, self.optimizer, self.x, self.y
        walk = steps(*parts, BATCH, EPOCHS, 0)
        return [self.values(), *(self.values() for _ in walk)]


RUNS = [
    pytest.param(lambda net: SGD(net, 0.5), np.float64, id="sgd"),
    pytest.param(lambda net: SGD(net, 0.2, 0.9, 0.01), np.float64, id="momentum"),
    pytest.param(lambda net: Adam(net, 0.05), np.float32, id="adam-float32"),
]


def updates_of(values, states):
    """After how many updates each array looks as it does now; None if it never looked so."""
    found = []
    for place, value in enumerate(values):
        same = [k for k, state in enumerate(states) if np.array_equal(state[place], value)]
        found.append(same[0] if same else None)
    return found


@pytest.mark.parametrize(("optimizer", "dtype"), RUNS)
def test_an_interrupted_training_leaves_every_array_after_a_whole_update(optimizer, dtype):
    """The arrays of one update may stand before and after it, never one of them in between."""
    states, whole = Run(optimizer, dtype).history(), Run(optimizer, dtype).train()
    line, mixed = 0, 0
    while interrupted((run := Run(optimizer, dtype)).train, line, *TRAINING):
        counts = updates_of(run.values(), states)
        assert None not in counts
        assert counts == sorted(counts, reverse=True) and counts[0] - counts[-1] <= 1
        assert run.epochs == whole[: len(run.epochs)]
        assert len(run.epochs) <= counts[-1] / PER_EPOCH <= len(run.epochs) + 1
        line, mixed = line + 1, mixed + (counts[0] != counts[-1])
    assert line > 300 and mixed > 3 and run.epochs == whole


@pytest.mark.parametrize(("optimizer", "dtype"), RUNS)
def test_after_an_interrupt_the_training_goes_on(optimizer, dtype):
    line = 0
    while interrupted((run := Run(optimizer, dtype)).train, line, *TRAINING):
        history = run.train(60)
        assert [epoch.number for epoch in history] == list(range(1, 61))
        assert history.stopped is None
        assert history[-1].loss < 0.45 and history[-1].accuracy > 0.8  # from 0.69 and 0.5
        assert {value.dtype for _, value, _ in run.net.parameters()} == {np.dtype(dtype)}
        line += 13
    assert line > 300


# --- The estimators


def fit(model, x, y):
    """Fit for the few epochs that max_iter allows."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(x, y)


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("kind", [MLPClassifier, MLPRegressor])
def test_an_interrupted_estimator_predicts_with_what_it_has_and_fits_on(kind, early):
    x, y = data.moons(n=60, rng=0)
    settings = {"hidden_layer_sizes": 4, "max_iter": 2, "warm_start": True}
    settings |= {"early_stopping": early, "random_state": 0}
    line, fitted = 0, 0
    while interrupted(partial(fit, model := kind(**settings), x, y), line, "interop/estimators.py"):
        done = getattr(model, "n_iter_", 0)
        if hasattr(model, "net_"):
            fitted += 1
            assert np.isfinite(model.predict(x)).all()
            assert len(model.loss_curve_) == done
            assert len(model.validation_scores_) in ((done - 1, done) if early else (0,))
        fit(model, x, y)
        assert model.n_iter_ == len(model.loss_curve_) == done + 2
        line += 1
    assert line > 150 and fitted > 80  # versions of Python count lines differently


# --- The explorers


@pytest.mark.parametrize("make", [widgets.training, widgets.descent])
def test_after_an_interrupt_an_explorer_rewinds_to_its_start_and_plays(make):
    explorer = make()
    first = explorer.facts()
    explorer.play(3)
    played, line = explorer.facts(), 0
    explorer.rewind()
    while interrupted(partial(explorer.play, 3), line, *EXPLORERS):
        assert explorer.panel.message == ""
        explorer.rewind()
        assert explorer.facts() == first
        explorer.play(3)
        assert explorer.facts() == played
        explorer.rewind()
        line += 37
    assert line > 100 and explorer.facts() == played


MOVES = [  # a control, and two values that it does not start with
    pytest.param(widgets.training, "units", (3, 4), id="training"),
    pytest.param(widgets.training, "lr", (0.1, 0.2), id="training on the way"),
    pytest.param(widgets.descent, "x", (1.0, -1.0), id="descent"),
    pytest.param(widgets.batches, "batch_size", (500, 1000), id="batches"),
]


def move(explorer, control, value):
    getattr(explorer, control).value = value


@pytest.mark.parametrize(("make", "control", "values"), MOVES)
def test_after_an_interrupted_move_the_page_has_its_answer_and_the_next_move_works(
    make, control, values
):
    """The page sends no other move before `shown` has grown."""
    explorer, (value, other), line = make(), values, 0
    move(explorer, control, other)
    wanted = explorer.facts()
    shown = explorer.panel.shown
    while interrupted(partial(move, explorer, control, value), line, *LOOKS):
        assert explorer.panel.shown > shown and explorer.panel.message == ""
        assert getattr(explorer, control).value == value
        move(explorer, control, other)
        assert explorer.facts() == wanted
        shown = explorer.panel.shown
        line += 37
    assert line > 37


# --- A real kernel

SETUP = """
import asyncio
import numpy as np
from mlpkit import SGD, checks, CrossEntropyLoss, Linear, Net, Tanh, data, train, widgets
x, y = data.moons(n=200, rng=0)
net = Net(Linear(2, 8, 0), Tanh(), Linear(8, 2, 1))
loss, optimizer, seen = CrossEntropyLoss(), SGD(net, 0.3), []

def on_epoch(epoch):
    seen.append(epoch)
    if len(seen) == 3:
        print("running", flush=True)
"""
TRAIN = "history = train(net, loss, optimizer, x, y, 32, {}, None, 0, on_epoch)"
AFTER = """
assert [epoch.number for epoch in seen] == list(range(1, len(seen) + 1))
assert all(np.isfinite(value).all() for _, value, _ in net.parameters())
assert train(net, loss, optimizer, x, y, 32, 30, None, 0)[-1].accuracy > 0.8
"""
PLAY = "explorer = widgets.training(); explorer.begin_to_play()"
PLAYS = """
before = explorer.trainer.updates
async with asyncio.timeout(60):
    while explorer.trainer.updates == before:
        await asyncio.sleep(0.05)
explorer.stop()
"""
MOVE = """
import time
from mlpkit import widgets
explorer = widgets.batches()

def slow(**values):
    print("running", flush=True)
    for moment in range(6000):
        time.sleep(0.01)

explorer.look, look = slow, explorer.look
"""
PANEL = "assert 0, explorer.panel.comm.comm_id"
MOVED = """
assert explorer.panel.shown == 2 and explorer.lr.value == 0.5
explorer.look = look
explorer.lr.value = 0.1
assert explorer.panel.shown == 3 and "η = 0.1" in explorer.facts()
"""


@pytest.fixture
def kernel():
    """A kernel of this Python, and what talks to it."""
    manager = KernelManager(kernel_spec_manager=ThisPython())
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def result(client, message):
    """The exception, as text, that the cell of a message ended with; "" if there was none."""
    while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != message:
        pass
    content = reply["content"]
    assert content["status"] in ("ok", "error"), f"the kernel answered {content}"
    return "" if content["status"] == "ok" else f"{content['ename']}: {content['evalue']}"


def begin(client, code):
    """Send a cell. An exception in it drops no later cell, as one that reaches the kernel at
    the same moment otherwise would be: a reader runs the next cell when this one has ended."""
    return client.execute(code, stop_on_error=False)


def ran(client, code):
    """Run a cell to its end."""
    return result(client, begin(client, code))


def wait_for_text(client, text):
    """Return when a cell has printed `text`."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            if text in client.get_iopub_msg(timeout=1)["content"].get("text", ""):
                return
    raise TimeoutError(f"the kernel did not print {text!r}")


def wait_for_state(client, panel, name):
    """What a panel's `name` is, as soon as the kernel tells the page."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with contextlib.suppress(queue.Empty):
            content = client.get_iopub_msg(timeout=1)["content"]
            state = content.get("data", {}).get("state", {})
            if content.get("comm_id") == panel and name in state:
                return state[name]
    raise TimeoutError(f"the kernel did not tell the page {name!r}")


def test_the_interrupt_of_a_real_kernel_ends_the_training_and_nothing_else(kernel):
    manager, client = kernel
    assert ran(client, SETUP) == ""
    training = begin(client, TRAIN.format(10**9))
    wait_for_text(client, "running")
    manager.interrupt_kernel()
    assert result(client, training) == "KeyboardInterrupt: "
    assert ran(client, AFTER) == ""


def test_the_interrupt_of_a_real_kernel_leaves_a_playing_explorer_alone(kernel):
    manager, client = kernel
    assert ran(client, SETUP) == ""
    assert ran(client, PLAY) == ""
    manager.interrupt_kernel()
    assert ran(client, PLAYS) == ""


def test_the_interrupt_of_a_real_kernel_answers_the_move_of_a_slider(kernel):
    manager, client = kernel
    assert ran(client, MOVE) == ""
    _kind, panel = ran(client, PANEL).split(": ")
    state = {"values": {"lr": 7, "batch_size": 5}}
    data = {"method": "update", "state": state, "buffer_paths": []}
    client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": panel, "data": data}))
    wait_for_text(client, "running")
    manager.interrupt_kernel()
    assert wait_for_state(client, panel, "shown") == 2
    assert ran(client, MOVED) == ""


# --- A full disk


class ReLU:
    """A learner's right answer."""

    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (self.x > 0)


def test_on_a_full_disk_a_right_answer_counts_and_the_card_says_why_it_is_not_saved(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("MLPKIT_HOME", str(tmp_path))
    monkeypatch.setattr(os, "fsync", full)
    assert checks.relu(ReLU) is ReLU
    said = capsys.readouterr().out
    assert "✓ relu: right. Your ReLU is in use from here on." in said
    assert "It could not be saved in my_framework.py: " in said
    assert f"({os.strerror(errno.ENOSPC)})" in said
    assert list(tmp_path.iterdir()) == []


def test_a_net_that_a_full_disk_cannot_take_says_so_and_leaves_the_former_file(
    tmp_path, monkeypatch
):
    first, second, path = Net(Linear(2, 3, 0)), Net(Linear(2, 3, 1)), tmp_path / "net.npz"
    save(first, path)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match=re.escape(os.strerror(errno.ENOSPC))):
        save(second, path)
    assert list(tmp_path.iterdir()) == [path]
    np.testing.assert_array_equal(load(path).layers[0].W, first.layers[0].W)


def test_a_framework_that_may_not_be_read_is_named_and_the_lesson_goes_on(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("MLPKIT_HOME", str(tmp_path))
    monkeypatch.setattr(Path, "read_text", refused)
    names = {}
    checks.resume(names)
    assert names["ReLU"] is mlpkit.ReLU
    assert "my_framework.py. Permission denied" in capsys.readouterr().out


def full(*_arguments, **_options):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refused(*_arguments, **_options):
    raise PermissionError(errno.EACCES, "Permission denied")
