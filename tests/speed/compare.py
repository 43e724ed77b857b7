"""Seconds per epoch of mlpkit against scikit-learn and PyTorch: same net, batches and optimizer.

Each library shuffles and walks through 60,000 samples once, and computes the loss of every batch.
All run in one process on equally many threads and take turns, so that a busy moment of the machine
meets all of them; the table shows medians: of the seconds, and of the ratios of each round.
`python tests/speed/compare.py --runs 5`; the exit status is 0 only if every ratio meets its target.
"""

# ruff: noqa: E402 - the BLAS libraries read the number of threads once, when they are imported.

import argparse
import os
import sys

PARSER = argparse.ArgumentParser(description=__doc__.splitlines()[0])
PARSER.add_argument("--runs", type=int, default=5, help="alternating runs of each (default 5)")
PARSER.add_argument("--threads", type=int, default=1, help="for each library (default 1)")
ARGUMENTS = PARSER.parse_args()
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(ARGUMENTS.threads)

import time
import warnings
from statistics import median
from typing import NamedTuple

import numpy as np
import torch
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_info

from mlpkit import SGD, CrossEntropyLoss, Linear, Net, ReLU, data, steps

SAMPLES = 60_000
LR = 0.1


class Case(NamedTuple):
    """One net, and the highest ratio mlpkit/peer that is good enough for each peer."""

    sizes: tuple
    batch_size: int
    dtype: type
    targets: dict  # peer -> ratio

    def __str__(self):
        return f"{'-'.join(map(str, self.sizes))}, batch {self.batch_size}, {self.dtype.__name__}"

    def samples(self):
        """Return (x, y): MNIST for 784 inputs, otherwise two noisy classes of random points."""
        if self.sizes[0] == 784:
            (x, y), _ = data.mnist()
            return x.astype(self.dtype), y
        rng = np.random.default_rng(0)
        x = rng.normal(size=(SAMPLES, self.sizes[0]))
        y = (x[:, 0] * x[:, 1] + rng.normal(0, 0.1, SAMPLES) > 0).astype(np.int64)
        return x.astype(self.dtype), y


CASES = [
    Case((2, 10, 2), 4, np.float64, {"scikit-learn": 0.4, "PyTorch": 0.4}),
    Case((784, 100, 10), 64, np.float32, {"scikit-learn": 0.55, "PyTorch": 0.9}),
    Case((784, 800, 10), 64, np.float32, {"scikit-learn": 0.5, "PyTorch": 1.05}),
]


def mlpkit_epoch(case, x, y):
    """Train a new net for one epoch; return (seconds, mean loss)."""
    rng = np.random.default_rng(0)
    layers = []
    for n_in, n_out in zip(case.sizes, case.sizes[1:], strict=False):
        layers += [Linear(n_in, n_out, rng), ReLU()]
    net = Net(*layers[:-1])
    optimizer = SGD(net, LR)
    start = time.perf_counter()
    losses = [
        value
        for _, value in steps(net, CrossEntropyLoss(), optimizer, x, y, case.batch_size, 1, rng)
    ]
    return time.perf_counter() - start, np.mean(losses)


def sklearn_epoch(case, x, y):
    """The same with scikit-learn, which gives two classes a single output: less work for it."""
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


def torch_epoch(case, x, y):
    """The same with PyTorch on plain tensors, each batch taken by a permutation."""
    torch.manual_seed(0)
    layers = []
    for n_in, n_out in zip(case.sizes, case.sizes[1:], strict=False):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU()]
    x, y = torch.tensor(x), torch.tensor(y)
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


LIBRARIES = {"mlpkit": mlpkit_epoch, "scikit-learn": sklearn_epoch, "PyTorch": torch_epoch}


def measure(case, runs):
    """Return {library: seconds per epoch of each round}; in a round all take turns."""
    x, y = case.samples()
    seconds = {name: [] for name in LIBRARIES}
    for number in range(runs):
        names = list(LIBRARIES)
        for name in names[number % 3 :] + names[: number % 3]:  # nobody always goes first
            took, loss = LIBRARIES[name](case, x, y)
            if not 0 < loss < 2:
                raise RuntimeError(f"{name} on {case} did not learn: mean loss {loss}")
            seconds[name].append(took)
    return {name: np.array(values) for name, values in seconds.items()}


def compare(case, runs):
    """Measure a case, print its lines of the table, and return whether it meets its targets."""
    seconds = measure(case, runs)
    ours = seconds["mlpkit"]
    print(f"{case}\n  {'mlpkit':13}{median(ours):8.3f} s")
    met = True
    for name, target in case.targets.items():
        ratio = median(ours / seconds[name])
        verdict = "met" if ratio <= target else "missed"
        met = met and ratio <= target
        took = median(seconds[name])
        print(f"  {name:13}{took:8.3f} s   ratio {ratio:5.2f} ≤ {target:4.2f}: {verdict}")
    sys.stdout.flush()
    return met


def threads(count):
    """Describe the libraries that now compute on `count` threads."""
    pools = sorted({f"{p['internal_api']} {p['num_threads']}" for p in threadpool_info()})
    return (
        f"threads: {count} (BLAS and OpenMP: {', '.join(pools)}; torch {torch.get_num_threads()})"
    )


def main():
    torch.set_num_threads(ARGUMENTS.threads)
    print(threads(ARGUMENTS.threads))
    print(f"seconds per epoch of {SAMPLES:,} samples, medians of {ARGUMENTS.runs} runs;")
    print("ratio = mlpkit / peer\n", flush=True)
    met = [compare(case, ARGUMENTS.runs) for case in CASES]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
