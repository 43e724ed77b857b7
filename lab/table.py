"""The historic table: fully connected nets on MNIST, the published test error and mlpkit's own.

Each row is a net of the table at yann.lecun.com/exdb/mnist, with the same layers, loss and output
units, trained by mlpkit in float32. What is free, such as the learning rate, was chosen by the
error on the last 5,000 of the 60,000 training images, held out for that: `--held-out` shows it and
leaves the test images alone. With these choices each net is trained on all 60,000, and then reads
the 10,000 test images once. `make table` goes through all rows and writes RESULTS.md and its
picture, in every language; `--rows elastic` tries one row and writes nothing; `--pictures` draws
the pictures anew from RESULTS.md, after a change of their words.
"""

import argparse
import os
import platform
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.ticker import NullFormatter

from mlpkit import SGD, CrossEntropyLoss, Linear, Net, ReLU, SquaredLoss, Tanh, data, steps
from mlpkit import zero_one_loss as share_wrong
from mlpkit.i18n import DIRECTIONS, N_, _, set_language
from mlpkit.plots.picture import COLORS, GRAY, Picture, new_figure, style

HERE = Path(__file__).resolve().parent
PAGE, FIGURE = HERE / "RESULTS.md", HERE / "figures" / "results.png"
HELD_OUT = 5000
MSE, CE = "squared error", "cross-entropy"
LECUN = "LeCun et al., 1998"
SIMARD = "Simard, Steinkraus & Platt, 2003"
HINTON = "Hinton, unpublished, 2005"
AFFINE = {"rotation": 12, "scaling": 0.12, "shear": 0.15, "shift": 1, "alpha": 0}
ELASTIC = AFFINE | {"alpha": 36, "sigma": 6}


class Row(NamedTuple):
    """A published net and its error in percent, and how mlpkit trains it."""

    key: str
    name: str
    hidden: tuple
    loss: str
    published: float
    source: str
    epochs: int
    batch_size: int = 64
    lr: float = 0.05  # of the first step; it falls in a straight line to 0 at the last
    momentum: float = 0.9
    weight_decay: float = 0.0
    distortion: dict | None = None  # arguments of data.distort, drawn anew for each epoch

    @property
    def seeds(self):
        """The random numbers of three trainings, and of one of the longest row."""
        return (0,) if self.key == "elastic" else (0, 1, 2)


class Run(NamedTuple):
    """One training of a row: percent wrong, and seconds of one core."""

    key: str
    seed: int
    error: float
    seconds: float


ROWS = [
    Row("linear", N_("linear classifier"), (), MSE, 12.0, LECUN, 10, lr=0.001),
    Row("300", "300 HU", (300,), MSE, 4.7, LECUN, 15, lr=0.01),
    Row("1000", "1000 HU", (1000,), MSE, 4.5, LECUN, 15, lr=0.01),
    Row("300+100", "300+100 HU", (300, 100), MSE, 3.05, LECUN, 15, lr=0.01),
    Row("500+150", "500+150 HU", (500, 150), MSE, 2.95, LECUN, 15, lr=0.01),
    Row(
        "500+300",
        N_("500+300 HU, weight decay"),
        (500, 300),
        CE,
        1.53,
        HINTON,
        25,
        lr=0.1,
        weight_decay=3e-4,
    ),
    Row("800", "800 HU", (800,), CE, 1.6, SIMARD, 30, lr=0.1, weight_decay=1.5e-4),
    Row("affine", N_("800 HU, affine distortions"), (800,), CE, 1.1, SIMARD, 60, distortion=AFFINE),
    Row(
        "elastic",
        N_("800 HU, elastic distortions"),
        (800,),
        CE,
        0.7,
        SIMARD,
        150,
        distortion=ELASTIC,
    ),
]


# ---- Training ----


def build(row, rng):
    """Return the net: tanh units throughout for squared error, ReLU and 10 scores otherwise.

    The scales keep the numbers equally large from layer to layer: √(1/n) for tanh (LeCun et al.,
    1998, "Efficient BackProp") and √(2/n) for ReLU (He et al., 2015).
    """
    sizes = (784, *row.hidden, 10)
    squared = row.loss == MSE
    layers = []
    for n_in, n_out in pairwise(sizes):
        scale = np.sqrt((1 if squared else 2) / n_in)
        layers += [Linear(n_in, n_out, rng, scale), Tanh() if squared else ReLU()]
    return Net(*(layers if squared else layers[:-1]))


def fit(row, seed, x, y):
    """Return the row's net, trained on x (N, 784) and labels y (N,)."""
    rng = np.random.default_rng(seed)
    net = build(row, rng)
    squared = row.loss == MSE
    loss = SquaredLoss() if squared else CrossEntropyLoss()
    # The output unit of the right digit is to say 1, the others -1.
    targets = (2 * np.eye(10, dtype=x.dtype) - 1)[y] if squared else y
    optimizer = SGD(net, row.lr, row.momentum, row.weight_decay)
    total = left = row.epochs * -(-len(x) // row.batch_size)
    for _epoch in range(row.epochs):
        pictures = data.distort(x, rng, **row.distortion) if row.distortion else x
        for _step in steps(net, loss, optimizer, pictures, targets, row.batch_size, 1, rng):
            left -= 1
            optimizer.lr = row.lr * left / total
    return net


def measure(row, seed, train_set, test_set):
    """Train the row's net on (x, y) and return the Run, with the error on the other (x, y)."""
    start = time.process_time()
    net = fit(row, seed, *train_set)
    seconds = time.process_time() - start
    x, y = test_set
    return Run(row.key, seed, 100 * share_wrong(net.forward(x), y), seconds)


def mnist_run(row, seed, held_out):
    """Measure on the test images, or on those held out of the training images."""
    (x, y), test_set = data.mnist()
    if held_out:
        return measure(row, seed, (x[:-HELD_OUT], y[:-HELD_OUT]), (x[-HELD_OUT:], y[-HELD_OUT:]))
    return measure(row, seed, (x, y), test_set)


def all_runs(rows, jobs, held_out):
    """Return the Runs of all rows and seeds, `jobs` side by side, each on one thread."""
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[variable] = "1"  # read by the processes started below
    tasks = [(row, seed) for row in rows for seed in row.seeds]
    tasks.sort(key=cost, reverse=True)  # a long one that comes last would keep one core waiting
    runs = []
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(mnist_run, *task, held_out) for task in tasks]):
            runs.append(done.result())
            key, seed, error, seconds = runs[-1]
            print(f"  {key}, seed {seed}: {error:.2f} %, {seconds:.0f} s", flush=True)
    return sorted(runs, key=lambda run: run.seed)


def cost(task):
    """Roughly how long a task takes: multiplications, and the distortions, of all its epochs."""
    row, _ = task
    sizes = (784, *row.hidden, 10)
    products = sum(a * b for a, b in pairwise(sizes))
    return row.epochs * (products + 500_000 * bool(row.distortion))


def least_squares():
    """Return the test error in percent of 10 linear units with the least possible squared error."""
    (x, y), (x_test, y_test) = data.mnist()
    a = np.column_stack([x, np.ones(len(x))]).astype(np.float64)
    w = np.linalg.lstsq(a.T @ a, a.T @ (2 * np.eye(10) - 1)[y], rcond=None)[0]
    return 100 * share_wrong(x_test @ w[:-1] + w[-1], y_test)


# ---- The result in words ----


def of_row(row, runs):
    """Return the row's errors, in the order of its seeds, and its seconds in all."""
    own = [run for run in runs if run.key == row.key]
    return [run.error for run in own], sum(run.seconds for run in own)


def verdict(row, errors):
    """Say whether the mean of the errors is at most the published one."""
    miss = mean(errors) - row.published
    return "met" if miss < 1e-9 else f"missed by {miss:.2f}"


def line(row, runs):
    """Return the cells of the row in the table of results."""
    errors, seconds = of_row(row, runs)
    each = ", ".join(f"{error:.2f}" for error in errors)
    published = str(row.published), row.source
    return [
        row.name,
        *published,
        f"{mean(errors):.2f}",
        each,
        verdict(row, errors),
        f"{seconds:.0f}",
    ]


def printed(row, runs):
    """Return the row as a line for the terminal."""
    name, published, _, ours, _, met, seconds = line(row, runs)
    errors = f"{name:28} published {published:>5} %  ours {ours:>5} %  {met:14}"
    return f"{errors} {row.epochs:4} epochs {seconds:>5} s"


def choices(row):
    """Return the cells of the row in the table of choices."""
    squared = row.loss == MSE
    output = f"{'10 tanh units' if squared else 'softmax'}, {row.loss}"
    inner = ("tanh" if squared else "ReLU") if row.hidden else "none"
    numbers = (row.epochs, row.batch_size, row.lr, row.momentum, row.weight_decay)
    return [row.name, inner, output, *(f"{number:g}" for number in numbers), distortions(row)]


def distortions(row):
    """Return the arguments of data.distort in words."""
    return ", ".join(f"{name} {value}" for name, value in (row.distortion or {}).items()) or "none"


def summary(rows, runs):
    """Say in one sentence how many rows are met, and which are not."""
    verdicts = {row.name: verdict(row, of_row(row, runs)[0]) for row in rows}
    missed = [f"{name} ({text})" for name, text in verdicts.items() if text != "met"]
    met = f"{len(rows) - len(missed)} of {len(rows)} rows are met"
    return f"{met}. Missed: {'; '.join(missed)}." if missed else f"{met} or beaten."


def table(head, rows):
    """Return a Markdown table of rows of cells; a column of numbers has `:` after its head."""
    bars = ["---:" if cell.endswith(":") else "---" for cell in head]
    return "\n".join(
        f"| {' | '.join(cells)} |" for cells in ([cell.rstrip(":") for cell in head], bars, *rows)
    )


def machine():
    """Return the lines of the page that say where and with what it was measured."""
    versions = f"Python {platform.python_version()}, NumPy {np.__version__}"
    return [
        f"- date: {date.today().isoformat()}",
        f"- processor: {processor()}, {os.cpu_count()} cores",
        f"- system: {platform.system()} {platform.machine()}",
        f"- versions: {versions}, Matplotlib {matplotlib.__version__}",
    ]


def processor():
    """Return the processor's name, which Linux tells in a file only."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [text.split(":")[1].strip() for text in lines if text.startswith("model name")]
    return (names or [platform.processor() or "unknown"])[0]


PAGE_TEXT = """# MNIST, published and ours

`make table` wrote this page; change [`table.py`](table.py), not the page.

{summary}

![{alt}](figures/results.png)

Test error in percent on the 10,000 official test images: what was published for fully connected
nets, and what mlpkit's `Net`, layers, losses, `SGD` and `steps` reach with the same layers, loss
and output units. "Ours" is the mean of the seeds. The published errors are those of the table at
yann.lecun.com/exdb/mnist; HU are hidden units. Seconds are of one core, for all seeds together.

{results}

## How it was trained

The choices below were made by the error on the last 5,000 of the 60,000 training images, held out
for that (`python lab/table.py --held-out`). Then each net was trained on all 60,000 with these
choices, and read the test images once, at the end. η falls in a straight line from the value
below to 0. Weight decay acts on W only. Distortions are arguments of `mlpkit.data.distort` and
are drawn anew for each epoch; "none" means the 60,000 images as they are.

{choices}

LeCun et al. say of their linear classifier that sigmoid and linear units, gradient descent and
solving a linear system gave similar results. The row here has tanh units, which are sigmoids from
−1 to 1. With linear units no training gets the squared error of the training images below that of
the solution of the linear system, which is wrong on {least_squares:.2f} % of the test images.

## Where it was trained

{machine}
- seconds: {seconds:.0f} for the whole table, {jobs} trainings side by side, each on one thread
"""


def page(rows, runs, least, seconds, jobs):
    """Return RESULTS.md."""
    head = ["net", "published:", "source", "ours:", "each seed", "", "seconds:"]
    free = ["net", "hidden units", "output and loss", "epochs:", "batch:", "η:", "momentum:"]
    return PAGE_TEXT.format(
        summary=summary(rows, runs),
        alt=picture_facts(rows, runs),
        results=table(head, [line(row, runs) for row in rows]),
        choices=table([*free, "weight decay:", "distortions"], [choices(row) for row in rows]),
        least_squares=least,
        machine="\n".join(machine()),
        seconds=seconds,
        jobs=jobs,
    )


def reported():
    """Return the Runs that the page reports, to the digits that it shows."""
    lines = re.findall(r"(?m)^\| (.*) \|$", PAGE.read_text(encoding="utf-8"))
    runs = []
    for row, text in zip(ROWS, lines[2:], strict=False):
        name, *_others, each, _met, seconds = text.split(" | ")
        if name != row.name:
            raise ValueError(f"{PAGE.name}: expected the row {row.name!r}, got {name!r}")
        share = float(seconds) / len(row.seeds)
        runs += [
            Run(row.key, seed, float(error), share)
            for seed, error in zip(row.seeds, each.split(", "), strict=True)
        ]
    return runs


def draw(rows, runs):
    """Return the picture: for each row the published error, and ours beside it."""
    with style():
        figure = new_figure(8, 0.42 * len(rows) + 1.3)
        ax = figure.add_subplot()
        for place, row in enumerate(rows):
            draw_row(ax, place, row, of_row(row, runs)[0])
        ax.set_yticks(range(len(rows)), [_(row.name) for row in rows])
        ax.invert_yaxis()
        ax.set_xscale("log")
        ticks = [0.5, 0.7, 1, 1.5, 2, 3, 5, 8, 12]
        ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        ax.xaxis.set_minor_formatter(NullFormatter())
        ax.set_xlabel(_("test error in percent (the scale is logarithmic)"))
        ax.set_title(_("MNIST, fully connected nets: published and ours"))
        figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return Picture(figure, picture_facts(rows, runs))


def write_pictures(rows, runs):
    """Write the picture with the words of each language, those of English beside the page's."""
    try:
        for code in DIRECTIONS:
            set_language(code)
            file = FIGURE if code == "en" else FIGURE.parent / code / FIGURE.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(draw(rows, runs).png())
    finally:
        set_language(None)


def draw_row(ax, place, row, errors):
    """Draw the published error as a square, ours as a circle, and each seed as a tick."""
    label = (lambda text: text) if place == 0 else (lambda text: None)
    ax.plot([row.published, mean(errors)], [place, place], color=GRAY, linewidth=1, zorder=1)
    ours = {"color": COLORS["blue"], "linestyle": "none"}
    ax.plot(errors, [place] * len(errors), "|", markersize=11, label=label(_("each seed")), **ours)
    ax.plot(mean(errors), place, "o", markersize=7, label=label(_("ours")), **ours)
    square = {"color": COLORS["orange"], "linestyle": "none", "markersize": 7}
    ax.plot(row.published, place, "s", label=label(_("published")), **square)


def picture_facts(rows, runs):
    """Say in words what the picture shows."""
    pairs = [f"{row.name} {row.published}, {mean(of_row(row, runs)[0]):.2f}" for row in rows]
    return f"Test error on MNIST in percent, published, then ours: {'; '.join(pairs)}."


def main(argv=None):
    """Run the rows asked for; with all of them on the test images, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    keys = [row.key for row in ROWS]
    parser.add_argument(
        "--rows", nargs="+", choices=keys, default=keys, metavar="ROW", help=f"{keys}"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="trainings side by side")
    parser.add_argument(
        "--held-out", action="store_true", help="measure on held-out training images"
    )
    parser.add_argument("--pictures", action="store_true", help=f"draw those of {PAGE.name} anew")
    arguments = parser.parse_args(argv)
    if arguments.pictures:
        return write_pictures(ROWS, reported())
    rows = [row for row in ROWS if row.key in arguments.rows]
    start = time.perf_counter()
    runs = all_runs(rows, arguments.jobs, arguments.held_out)
    seconds = time.perf_counter() - start
    for row in rows:
        print(printed(row, runs))
    print(f"{summary(rows, runs)} {seconds:.0f} s, {arguments.jobs} trainings side by side.")
    if rows == ROWS and not arguments.held_out:
        write_pictures(rows, runs)
        text = page(rows, runs, least_squares(), seconds, arguments.jobs)
        PAGE.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
