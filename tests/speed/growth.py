"""How the seconds of a training grow with width, depth, batch size and number of samples.

Each point is the best of three trainings by mlpkit on MNIST, float32, on one thread; the dashed
line would be proportional to the multiplications. Prints the points; `--picture FILE` draws them,
as in lab/SCALING.md.
"""

import argparse
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from compare import relu_net
from matplotlib.ticker import LogLocator
from threadpoolctl import threadpool_limits

from mlpkit import SGD, CrossEntropyLoss, data, steps
from mlpkit.plots.picture import COLORS, GRAY, Picture, new_figure, style

REPEATS = 3


class Setting(NamedTuple):
    """What is trained for one epoch."""

    width: int = 100
    depth: int = 1  # hidden layers
    batch_size: int = 64
    samples: int = 20_000

    @property
    def sizes(self):
        """The units of each layer."""
        return (784, *[self.width] * self.depth, 10)

    @property
    def multiplications(self):
        """Of one epoch: x @ W, x.T @ dout, and dout @ W.T but for the first layer."""
        first, *others = (n_in * n_out for n_in, n_out in pairwise(self.sizes))
        return self.samples * (2 * first + 3 * sum(others))


SERIES = {
    "width": ("hidden units", [25, 50, 100, 200, 400, 800, 1600]),
    "depth": ("hidden layers of 100 units", [1, 2, 4, 8, 16]),
    "batch_size": ("batch size", [1, 4, 16, 64, 256, 1024]),
    "samples": ("samples", [1000, 4000, 15_000, 60_000]),
}


def epoch_seconds(setting, x, y):
    """Return the seconds of the best of a few trainings for one epoch."""
    x, y = x[: setting.samples], y[: setting.samples]
    seconds = []
    for _ in range(REPEATS):
        rng = np.random.default_rng(0)
        net = relu_net(setting.sizes, rng)
        walk = steps(net, CrossEntropyLoss(), SGD(net, 0.01), x, y, setting.batch_size, 1, rng)
        next(walk)  # what the first step checks and converts is no part of the growth
        start = time.perf_counter()
        for _ in walk:
            pass
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def measure():
    """Return {what grows: [(value, seconds of an epoch), ...]}, printed on the way."""
    (x, y), _ = data.mnist()
    found = {}
    for name, (label, values) in SERIES.items():
        print(f"\n{label:>28}   seconds   multiplications")
        found[name] = []
        for value in values:
            setting = Setting(**{name: value})
            found[name].append((value, epoch_seconds(setting, x, y)))
            words = f"{found[name][-1][1]:9.3f} {setting.multiplications / 1e9:15.1f} · 10⁹"
            print(f"{value:28}{words}", flush=True)
    return found


def draw(found):
    """Return the picture of the points."""
    with style():
        figure = new_figure(8, 6)
        for ax, (name, points) in zip(figure.subplots(2, 2).flat, found.items(), strict=True):
            values, seconds = np.array(points).T
            counts = [Setting(**{name: int(value)}).multiplications for value in values]
            even = np.array(counts) * seconds[-1] / counts[-1]
            ax.loglog(values, even, "--", color=GRAY, label="proportional to multiplications")
            ax.loglog(values, seconds, "o-", color=COLORS["blue"], label="measured")
            ax.set_xticks(values, [f"{value:,.0f}" for value in values], minor=False)
            ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
            ax.yaxis.set_major_formatter("{x:g}")
            ax.minorticks_off()
            ax.set_xlabel(SERIES[name][0])
            ax.set_ylabel("seconds per epoch")
        handles = figure.axes[0].get_legend_handles_labels()
        figure.legend(*handles, loc="outside lower center", ncols=2)
    return Picture(figure, "Seconds per epoch over width, depth, batch size and samples.")


def main():
    """Measure, print, and draw when asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--picture", type=Path, help="where to write the picture")
    arguments = parser.parse_args()
    base = Setting()
    print(f"one epoch; unless said otherwise {base.width} hidden units in {base.depth} layer,")
    print(f"batches of {base.batch_size}, {base.samples:,} samples")
    with threadpool_limits(1):
        found = measure()
    if arguments.picture:
        arguments.picture.parent.mkdir(exist_ok=True)
        arguments.picture.write_bytes(draw(found).png())


if __name__ == "__main__":
    main()
