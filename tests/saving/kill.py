"""Kill saves at random moments: the file must always hold the last net, or the one before it.

Save number k writes a net whose parameters are all k, so a mixture of two saves shows. The same
is done to np.savez, to see that torn files would be found. It forks: not on Windows.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import numpy as np

from mlpkit import Linear, Net, Tanh
from mlpkit.interop import load, save

CONTROL = 30  # kills of np.savez


def numbered(k):
    """Return a net whose parameters are all k."""
    net = Net(Linear(784, 100, scale=0), Tanh(), Linear(100, 10, scale=0))
    for _, value, _ in net.parameters():
        value[:] = k
    return net


def plain_save(net, path):
    """Write over the former file, as most programs do."""
    np.savez(path, *(value for _, value, _ in net.parameters()))


def plain_load(path):
    """Return the arrays of a file of plain_save."""
    with np.load(path, allow_pickle=False) as arrays:
        return [arrays[name] for name in arrays.files]


def safe_load(path):
    """Return the arrays of a file of save."""
    return [value for _, value, _ in load(path).parameters()]


def killed_save(saver, path, first, wait):
    """Save nets first, first + 1, ... in a child and kill it; return how many saves it finished."""
    ready, tell = os.pipe()
    child = os.fork()
    if not child:
        try:
            nets = [numbered(first + k) for k in range(9)]
            os.write(tell, b"r")
            for k in count():
                saver(nets[k] if k < 9 else numbered(first + k), path)
                os.write(tell, b"s")
        finally:
            os._exit(1)  # reached only through an error: the parent finds the child dead
    os.close(tell)
    os.read(ready, 1)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, status
    with open(ready, "rb") as pipe:
        return len(pipe.read())


def held(loader, path):
    """Return k if the file holds the whole net k, else None."""
    try:
        found = {number for array in loader(path) for number in np.unique(array)}
    except Exception:  # what a torn file raises is not the question here
        return None
    return int(found.pop()) if len(found) == 1 else None


def rounds(kills, saver, loader, rng, folder):
    """Kill that many saves; return how many files were torn or wrong, how many saves halfway."""
    path, last, torn, halfway = Path(folder, "net.npz"), 1, 0, 0
    began = time.perf_counter()
    saver(numbered(last), path)
    once = time.perf_counter() - began
    for _ in range(kills):
        first = last + 1
        done = killed_save(saver, path, first, rng.uniform(0, 3 * once))
        k = held(loader, path)
        torn += k not in (first + done - 1, first + done)
        halfway += len(list(Path(folder).iterdir())) > 1
        last = first + done if k is None else k
        if k is None:
            saver(numbered(last), path)
    saver(numbered(last), path)
    left = sorted(p.name for p in Path(folder).iterdir())
    assert left == [path.name], f"left behind: {left}"
    return torn, halfway


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    kills = parser.parse_args().kills
    rng, began = np.random.default_rng(0), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        torn, halfway = rounds(kills, save, safe_load, rng, folder)
    seconds = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        control, _ = rounds(CONTROL, plain_save, plain_load, rng, folder)
    print(f"save: {torn} of {kills} kills left a torn or wrong file", end=" ")
    print(f"({halfway} came while a file was being written; {seconds:.0f} s)")
    print(f"np.savez: {control} of {CONTROL}, found by the same test")
    sys.exit(torn > 0 or control == 0)


if __name__ == "__main__":
    main()
