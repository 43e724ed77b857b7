"""Beyond one machine: a grid search on worker processes, and data larger than memory.

Linux only, as snippets.py.
"""

import json
import os
import pickle
import resource
import shlex
import socket
import subprocess
import sys
import threading
import tomllib
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import cloudpickle
import dask
import joblib
import numpy as np
import pytest
import snippets
from dask.distributed import Client, LocalCluster
from sklearn.datasets import load_digits
from sklearn.model_selection import GridSearchCV

from mlpkit.interop import MLPClassifier

ANY_PORT = "127.0.0.1:0"
ROOT = Path(__file__).parents[2]
FEATURES, LIMIT = 100, 90  # the latter in MB, besides the imports: less than the smallest array
LET_GO = 'return np.load(name, mmap_mode="r")'
IMPORTS = "import numpy, dask.array, mlpkit.interop"
MODEL = ["--replace", "range(2)", "range(1)", "--show", "model.loss_curve_[-1]"]


def run(folder, *arguments):
    """Run code blocks of SCALING.md in a folder; return what the process says at last."""
    command = [sys.executable, "-W", "error", snippets.__file__, *map(str, arguments)]
    one_chunk = os.environ | {"DASK_SCHEDULER": "synchronous"}  # not as many as there are cores
    process = subprocess.run(command, cwd=folder, env=one_chunk, capture_output=True, text=True)
    if process.returncode:
        raise RuntimeError(process.stderr)
    return json.loads(process.stdout.splitlines()[-1])


# ---- a grid search on two workers ----


@pytest.fixture(scope="module")
def client():
    dask.config.set({"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None})
    options = {"threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": ANY_PORT}
    with LocalCluster(n_workers=2, processes=True, **options) as here, Client(here) as client:
        yield client


def search():
    """A grid search over the rate, the batch size and the hidden units, 8 × 3 trainings."""
    grid = {
        "learning_rate_init": [0.001, 0.01],
        "batch_size": [32, 128],
        "hidden_layer_sizes": [(16,), (64,)],
    }
    model = MLPClassifier(early_stopping=True, n_iter_no_change=2, tol=0.001, random_state=0)

    def process(model, x, y):
        return os.getpid()

    scores = {"accuracy": "accuracy", "process": process}
    return GridSearchCV(model, grid, scoring=scores, refit="accuracy", cv=3, error_score="raise")


@pytest.fixture(scope="module")
def searches(client):
    """The same grid search, done in this process and by the workers."""
    x, y = load_digits(return_X_y=True)
    x = (x / 16).astype(np.float32)
    serial, spread = search().fit(x, y), search()
    with joblib.parallel_config("dask"):
        spread.fit(x, y)
    return serial, spread, x


def column(searched, metric):
    """The results (candidates, folds) of a metric."""
    return np.stack([searched.cv_results_[f"split{i}_test_{metric}"] for i in range(3)], axis=1)


def test_two_workers_find_the_same_scores_as_one_process(searches):
    serial, spread, _ = searches
    assert spread.cv_results_["params"] == serial.cv_results_["params"]
    np.testing.assert_allclose(column(spread, "accuracy"), column(serial, "accuracy"), atol=1e-12)
    assert spread.best_params_ == serial.best_params_
    assert spread.best_score_ > 0.9


def test_the_best_net_is_the_same(searches):
    serial, spread, x = searches
    best = [searched.best_estimator_.predict_proba(x) for searched in (serial, spread)]
    np.testing.assert_allclose(*best, rtol=1e-5)


def test_both_workers_took_part_and_nobody_else(searches, client):
    serial, spread, _ = searches
    assert set(column(serial, "process").ravel()) == {os.getpid()}
    assert set(column(spread, "process").ravel()) == set(client.run(os.getpid).values())


def test_a_worker_goes_on_with_a_net_that_another_began(client):
    x, y = load_digits(return_X_y=True)
    there, here = client.scatter([x, y], broadcast=True), MLPClassifier(random_state=0)
    classes = np.arange(10)
    model = MLPClassifier(random_state=0)
    for worker in 2 * sorted(client.scheduler_info()["workers"]):
        model = client.submit(
            MLPClassifier.partial_fit, model, *there, classes, workers=worker, pure=False
        )
        here.partial_fit(x, y, classes)
    assert model.result().loss_curve_ == pytest.approx(here.loss_curve_, rel=1e-12)


# ---- data larger than memory ----


def write(folder, megabytes):
    """Write x.npy with so many MB of float32, in ten clusters, and y.npy; return the samples."""
    rng = np.random.default_rng(0)
    centers = rng.normal(size=(10, FEATURES)).astype(np.float32)
    samples = int(megabytes * 1e6) // (4 * FEATURES)
    folder.mkdir()
    with open(folder / "x.npy", "wb") as x_file, open(folder / "y.npy", "wb") as y_file:
        header = {"descr": "<f4", "fortran_order": False, "shape": (samples, FEATURES)}
        np.lib.format.write_array_header_1_0(x_file, header)
        np.lib.format.write_array_header_1_0(y_file, header | {"descr": "|u1", "shape": (samples,)})
        for start in range(0, samples, 10_000):
            y = rng.integers(0, 10, min(10_000, samples - start), dtype=np.uint8)
            noise = rng.standard_normal((len(y), FEATURES), dtype=np.float32)
            x_file.write((centers[y] + noise).tobytes())
            y_file.write(y.tobytes())
    return samples


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Folders with arrays of 100, 200 and 400 MB."""
    top = tmp_path_factory.mktemp("large")
    folders = [top / str(megabytes) for megabytes in (100, 200, 400)]
    for folder in folders:
        write(folder, int(folder.name))
    yield folders
    for file in top.rglob("*.npy"):
        file.unlink()


def peaks(folders, *arguments):
    """The highest memory (MB) of a process that trains on each folder for one epoch."""
    found = [run(folder, *arguments, *MODEL) for folder in folders]
    assert all(one["model.loss_curve_[-1]"] < 0.1 for one in found)
    return [one["peak"] for one in found]


@pytest.mark.parametrize("numbers", [[0], [0, 1]], ids=["pieces", "Dask chunks"])
def test_partial_fit_takes_the_same_memory_for_data_of_any_size(large, numbers):
    least, *more = peaks(large, *numbers, "--before", IMPORTS, "--limit", LIMIT)
    assert max(more) - least < 10


def test_the_whole_is_refused_where_its_pieces_are_not(large):
    options = ["--before", IMPORTS, "--limit", LIMIT, "--replace", ', mmap_mode="r"', ""]
    with pytest.raises(RuntimeError, match="MemoryError"):
        run(large[0], 0, *options)


def test_the_measurement_sees_pieces_that_are_not_let_go(large):
    before = "import numpy\nheld = {n: numpy.load(n, mmap_mode='r') for n in ('x.npy', 'y.npy')}"
    least, most = peaks(large[:2], 0, "--before", before, "--replace", LET_GO, "return held[name]")
    assert most - least > 80


# ---- lab/SCALING.md ----


@pytest.fixture(scope="module")
def page_faults():
    """A function that workers can run: how often training asks the system for memory."""

    def count(model, x, y):
        model.partial_fit(x, y, range(10))  # what it takes once is taken now
        before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
        for _ in range(5):
            model.partial_fit(x, y)
        return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

    rng = np.random.default_rng(0)
    x = rng.normal(size=(3000, 784)).astype(np.float32)
    return partial(count, MLPClassifier((64,), batch_size=32), x, rng.integers(0, 10, 3000))


def test_workers_keep_memory_from_one_step_to_the_next(client, page_faults):
    assert client.submit(page_faults).result() < 5000  # about 400, and 300,000 if left as it is


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return str(s.getsockname()[1])


def test_the_extra_that_is_installed_is_all_that_is_needed():
    assert 'pip install -e ".[cluster]"' in snippets.SCALING.read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [line.split(">=")[0] for line in project["optional-dependencies"]["cluster"]]
    assert names == ["dask", "distributed"]


@contextmanager
def started(lines, folder):
    """Run shell lines that start a part of a cluster, each its own process, and end them."""
    (folder / "elsewhere").mkdir()
    environment, (export, *commands) = dict(os.environ), map(shlex.split, lines)
    assert export.pop(0) == "export"
    environment.update(setting.split("=") for setting in export)
    options = {"cwd": folder / "elsewhere", "env": environment}
    options |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with ExitStack() as stack:
        for program, *arguments in commands:
            assert program == "dask"
            command = [sys.executable, "-m", "dask", *arguments, "--dashboard-address", ANY_PORT]
            process = subprocess.Popen(command, **options)
            stack.callback(process.wait, 30)
            stack.callback(process.terminate)
        yield


def test_every_snippet_runs_on_a_cluster_started_by_the_commands(tmp_path, page_faults):
    write(tmp_path / "data", 5)
    (tmp_path / "data/my_framework.py").write_text("ANSWER = 42\n", encoding="utf-8")
    address = {"192.0.2.10": "127.0.0.1", "8786": free_port()}
    (commands,) = snippets.blocks("sh")
    for old, new in address.items():
        commands = commands.replace(old, new)
    options = [word for pair in address.items() for word in ("--replace", *pair)]
    options += ["--show", "search.best_score_", "search.best_params_"]
    with started(commands.splitlines(), tmp_path):
        with Client(f"tcp://127.0.0.1:{address['8786']}", timeout=60) as client:
            client.wait_for_workers(2, timeout=60)
            shown = run(tmp_path / "data", *range(len(snippets.blocks("python"))), *options)
            there = client.run(lambda: __import__("my_framework").ANSWER)
            asked_anew = client.submit(page_faults).result()
    assert shown["search.best_score_"] > 0.85
    assert shown["search.best_params_"]["learning_rate_init"] in (0.001, 0.01)
    assert list(there.values()) == [42, 42]
    assert asked_anew < 5000


def test_no_snippet_is_overlooked():
    text = snippets.SCALING.read_text(encoding="utf-8")
    assert text.count("```") == 2 * (len(snippets.blocks("python")) + len(snippets.blocks("sh")))
    assert (len(snippets.blocks("python")), len(snippets.blocks("sh"))) == (4, 1)


def test_what_is_said_about_pickling_is_true(client):
    assert client.submit(lambda v: v + 1, 1).result() == 2
    with pytest.raises((pickle.PicklingError, AttributeError)):  # the latter before Python 3.14
        pickle.dumps(lambda v: v + 1)
    lock = threading.Lock()
    with pytest.raises(TypeError, match="cannot pickle"):
        cloudpickle.dumps(lambda: lock)


def test_workers_compute_on_one_thread(client):
    variables = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    found = client.run(lambda: [os.environ[name] for name in variables])
    assert list(found.values()) == 2 * [["1", "1", "1"]]
