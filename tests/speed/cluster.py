"""How much faster is a grid search on two workers of a cluster than in one process?

Learning rate × batch size × hidden units, three folds, on 6,000 images of MNIST: once in this
process, once through joblib on two worker processes of Dask on this machine, in turns. All compute
on one thread. Starting the cluster is told apart, because a cluster outlives many searches. The
exit status is 0 only if both find the same scores.
"""

import argparse
import os
import sys
import time
from statistics import median
from typing import NamedTuple

import dask
import joblib
from dask.distributed import Client, LocalCluster
from sklearn.model_selection import GridSearchCV, ParameterGrid
from threadpoolctl import threadpool_limits

from mlpkit.data import mnist
from mlpkit.interop import MLPClassifier

WORKERS, SAMPLES, FOLDS = 2, 6000, 3
GRID = {
    "learning_rate_init": [0.001, 0.01],
    "batch_size": [32, 128],
    "hidden_layer_sizes": [(32,), (100,)],
}
KEPT_MEMORY = {"distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None}  # lab/SCALING.md


class Search(NamedTuple):
    """What came of one search: how long it took, and how much of that was training."""

    seconds: float
    training: float  # seconds, summed over all trainings, wherever they ran
    scores: list


def search(backend):
    """Search the grid."""
    (x, y), _ = mnist()
    model = MLPClassifier(early_stopping=True, n_iter_no_change=3, random_state=0)
    found = GridSearchCV(model, GRID, cv=FOLDS, refit=False, error_score="raise")
    with joblib.parallel_config(backend):
        start = time.perf_counter()
        found.fit(x[:SAMPLES], y[:SAMPLES])
        seconds = time.perf_counter() - start
    results = found.cv_results_
    training = FOLDS * (results["mean_fit_time"] + results["mean_score_time"]).sum()
    return Search(seconds, training, results["mean_test_score"].tolist())


def compare(runs):
    """Print the seconds of each round and the speed-up; return whether the scores agree."""
    search("dask")  # the workers load what they need
    ratios, busy, same = [], [], True
    for number in range(1, runs + 1):
        alone, shared = search("sequential"), search("dask")
        ratios.append(alone.seconds / shared.seconds)
        busy.append(shared.training / shared.seconds / WORKERS)
        same = same and alone.scores == shared.scores
        words = f"one process {alone.seconds:6.1f} s   {WORKERS} workers {shared.seconds:6.1f} s"
        print(f"  round {number}   {words}   speed-up {ratios[-1]:.2f}", flush=True)
    print(f"  median speed-up {median(ratios):.2f}; workers at work {median(busy):.0%} of the time")
    print(f"  {'the same' if same else 'OTHER'} scores; the best {max(shared.scores):.3f}")
    return same


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="rounds that count (default 3)")
    arguments = parser.parse_args()
    dask.config.set(KEPT_MEMORY)
    trainings = FOLDS * len(ParameterGrid(GRID))
    print(f"grid search of {trainings} trainings, {os.cpu_count()} cores:", flush=True)
    start, here = time.perf_counter(), {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    with LocalCluster(n_workers=WORKERS, threads_per_worker=1, **here) as cluster, Client(cluster):
        print(f"  the cluster started in {time.perf_counter() - start:.1f} s", flush=True)
        with threadpool_limits(1):  # a worker has one thread anyway
            same = compare(arguments.runs)
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
