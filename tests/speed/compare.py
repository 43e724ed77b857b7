"""Seconds per epoch of mlpkit against scikit-learn and PyTorch: same net, batches and optimizer.

Each library shuffles and walks through 60,000 samples once, and computes the loss of every batch.
All compute on equally many threads and take turns, so that a busy moment of the machine meets all
of them. Each lives in its own process, because the idle threads of one slow the next one down.
The table shows medians: of the seconds, and of the ratios of each round. Besides, as a bound that
no framework of NumPy can beat, the floor: the same epoch with nothing but the matrix products and
W's update. Then the training of the lab's best net, and the memory that a training takes at most.
The exit status is 0 only if every target is met.
"""

import argparse
import os
import sys
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from functools import lru_cache
from io import StringIO
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import psutil
from sklearn.datasets import load_digits
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from mlpkit import SGD, CrossEntropyLoss, Linear, Net, ReLU, data, steps

SAMPLES = 60_000
LR = 0.1
LAB = Path(__file__).parents[2] / "lab/MyFW_MNIST.ipynb"
LAB_CELLS = ["setup-01", "setup-02", "look-02", "scale-pixels-01", "scale-pixels-02"]
LAB_CELLS += ["holdout-02", "teach-02", "teach-03", "nudge-01"]
LAB_CELLS += ["three-layers-01", "three-layers-02", "three-02"]  # the last one trains the best net
LAB_SECONDS = 30


class Case(NamedTuple):
    """One net, and the highest ratio mlpkit/peer that is good enough for each peer."""

    sizes: tuple
    batch_size: int
    dtype: type
    targets: tuple  # (peer, ratio), ...

    def __str__(self):
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch_size}, {self.dtype.__name__}"


FLOOR = "products alone"
CASES = [
    Case((2, 10, 2), 4, np.float64, (("scikit-learn", 0.4), ("PyTorch", 0.4))),
    Case((64, 50, 10), 32, np.float64, (("scikit-learn", 0.5), ("PyTorch", 0.4))),
    Case((784, 100, 10), 64, np.float32, (("scikit-learn", 0.5), ("PyTorch", 0.75))),
    Case((784, 800, 10), 64, np.float32, (("scikit-learn", 0.5), ("PyTorch", 0.95), (FLOOR, 1.5))),
    Case((784, 500, 300, 10), 64, np.float32, (("scikit-learn", 0.5), ("PyTorch", 0.95))),
]
MEMORY = CASES[2], 1.2  # the case, and the highest ratio to scikit-learn's peak


@lru_cache(maxsize=1)
def samples(case):
    """Return (x, y): MNIST for 784 inputs, its 8 × 8 sister for 64, or points of two classes."""
    if case.sizes[0] == 784:
        (x, y), _ = data.mnist()
        return x.astype(case.dtype, copy=False), y
    rng = np.random.default_rng(0)
    if case.sizes[0] == 64:
        x, y = load_digits(return_X_y=True)
        taken = rng.integers(len(x), size=SAMPLES)
        return (x[taken] / 16).astype(case.dtype), y[taken]
    x = rng.normal(size=(SAMPLES, case.sizes[0]))
    y = (x[:, 0] * x[:, 1] + rng.normal(0, 0.1, SAMPLES) > 0).astype(np.int64)
    return x.astype(case.dtype), y


def relu_net(sizes, rng):
    """A net with these numbers of units, from the input to the scores."""
    layers = []
    for n_in, n_out in pairwise(sizes):
        layers += [Linear(n_in, n_out, rng), ReLU()]
    return Net(*layers[:-1])


def mlpkit_epoch(case):
    """Train a new net for one epoch; return (seconds, mean loss)."""
    x, y = samples(case)
    rng = np.random.default_rng(0)
    net = relu_net(case.sizes, rng)
    optimizer = SGD(net, LR)
    start = time.perf_counter()
    walk = steps(net, CrossEntropyLoss(), optimizer, x, y, case.batch_size, 1, rng)
    losses = [value for _, value in walk]
    return time.perf_counter() - start, np.mean(losses)


def sklearn_epoch(case):
    """The same with scikit-learn, which gives two classes a single output: less work for it."""
    x, y = samples(case)
    net = MLPClassifier(
        case.sizes[1:-1],
        activation="relu",
        solver="sgd",
        learning_rate_init=LR,
        momentum=0,
        alpha=0,
        max_iter=1,
        batch_size=case.batch_size,
        shuffle=True,
        random_state=0,
    )
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # one epoch, as asked
        net.fit(x, y)
    return time.perf_counter() - start, net.loss_


def torch_epoch(case):
    """The same with PyTorch on plain tensors, each batch taken by a permutation."""
    import torch

    torch.manual_seed(0)
    x, y = map(torch.tensor, samples(case))
    layers = []
    for n_in, n_out in pairwise(case.sizes):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1]).to(x.dtype)
    optimizer = torch.optim.SGD(net.parameters(), lr=LR)
    losses = []
    start = time.perf_counter()
    order = torch.randperm(len(x))
    for i in range(0, len(x), case.batch_size):
        batch = order[i : i + case.batch_size]
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(x[batch]), y[batch])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return time.perf_counter() - start, np.mean(losses)


def products_epoch(case):
    """Return (seconds, nan) of the products x @ W, x.T @ dout, dout @ W.T and the update alone."""
    x, rng = samples(case)[0], np.random.default_rng(0)
    shapes = list(pairwise(case.sizes))
    weights = [rng.normal(0, 0.01, shape).astype(case.dtype) for shape in shapes]
    start = time.perf_counter()
    for i in range(0, len(x), case.batch_size):
        inputs = [x[i : i + case.batch_size]]
        for w in weights:
            inputs.append(inputs[-1] @ w)
        dout = inputs.pop()
        for w, inp in zip(reversed(weights), reversed(inputs), strict=True):
            dw = inp.T @ dout
            dout = dout @ w.T if w is not weights[0] else None
            w -= 1e-6 * dw
    return time.perf_counter() - start, np.nan


LIBRARIES = {
    "mlpkit": mlpkit_epoch,
    "scikit-learn": sklearn_epoch,
    "PyTorch": torch_epoch,
    FLOOR: products_epoch,
}


def lab_seconds():
    """Run the lab's cells that lead to its best net; return the seconds that its training takes."""
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    cells = {cell.id: cell.source for cell in nbformat.read(LAB, as_version=4).cells}
    shell = InteractiveShell.instance()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        for cell in LAB_CELLS:
            start = time.perf_counter()
            shell.run_cell(cells[f"lab-{cell}"]).raise_error()
    return time.perf_counter() - start


def measure(case, runs, workers):
    """Return {library: seconds per epoch of each round}; in a round all take turns."""
    seconds = {name: [] for name in LIBRARIES}
    names = list(LIBRARIES)
    for number in range(runs + 1):
        turn = number % len(names)  # nobody always goes first
        for name in names[turn:] + names[:turn]:
            took, loss = workers[name].submit(LIBRARIES[name], case).result()
            if loss >= 2:
                raise RuntimeError(f"{name} on {case} did not learn: mean loss {loss}")
            if number:  # in round 0 each loads its data and warms up
                seconds[name].append(took)
    return {name: np.array(values) for name, values in seconds.items()}


def compare(case, runs, workers):
    """Measure a case, print its lines of the table, and return whether it meets its targets."""
    seconds = measure(case, runs, workers)
    ours = seconds.pop("mlpkit")
    targets = dict(case.targets)
    print(f"{case}\n  {'mlpkit':14}{median(ours):8.3f} s")
    for name, theirs in seconds.items():
        ratio = median(ours / theirs)
        verdict = ""
        if name in targets:
            verdict = said(ratio, targets[name])
        print(f"  {name:14}{median(theirs):8.3f} s   ratio {ratio:5.2f}{verdict}", flush=True)
    return all(median(ours / seconds[name]) <= target for name, target in case.targets)


def said(ratio, target):
    """Return the target, and whether the ratio meets it."""
    return f" ≤ {target:4.2f}: {'met' if ratio <= target else 'missed'}"


def peak(train, case):
    """Return the most memory, in MB, that this process ever held, after an epoch of training."""
    train(case)
    if sys.platform == "win32":
        return psutil.Process().memory_info().peak_wset / 1e6
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def compare_memory(spawn):
    """Print the peaks of mlpkit and scikit-learn, each in a new process; return if it is met."""
    case, target = MEMORY
    peaks = []
    for train in (mlpkit_epoch, sklearn_epoch):
        with ProcessPoolExecutor(1, mp_context=spawn) as worker:
            peaks.append(worker.submit(peak, train, case).result())
    ratio = peaks[0] / peaks[1]
    words = f"mlpkit {peaks[0]:.0f} MB, scikit-learn {peaks[1]:.0f} MB"
    print(f"\nmemory at most, {case}: {words}, ratio {ratio:.2f}{said(ratio, target)}")
    return ratio <= target


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="rounds that count (default 5)")
    parser.add_argument("--threads", type=int, default=1, help="of each library (default 1)")
    arguments = parser.parse_args()
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = str(arguments.threads)  # read by the processes started below
    print(f"threads: {arguments.threads}; seconds per epoch of {SAMPLES:,} samples, medians of")
    print(f"{arguments.runs} rounds; ratio = mlpkit / peer\n", flush=True)
    spawn = get_context("spawn")
    workers = {name: ProcessPoolExecutor(1, mp_context=spawn) for name in LIBRARIES}
    met = [compare(case, arguments.runs, workers) for case in CASES]
    took = workers["mlpkit"].submit(lab_seconds).result()
    met.append(took < LAB_SECONDS)
    verdict = "met" if met[-1] else "missed"
    print(f"\nthe lab's best net: {took:.1f} s of training < {LAB_SECONDS}: {verdict}")
    for worker in workers.values():
        worker.shutdown()
    met.append(compare_memory(spawn))
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
