"""MNIST: 28 × 28 pixel pictures of handwritten digits, 60,000 to train on and 10,000 to test with.

The file lies beside this one; README.md says where it comes from. It is read and compared with
its checksum once per process, so a second call costs nothing.
"""

import io
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("mnist.npz")
SHA256 = "06af5dfe73b70e3bc1c36439982b18a8d76803db9b544f6fdf838a37fbb01b64"
REMEDY = "restore it with `git restore mlpkit/data/mnist.npz` or install mlpkit again"


def mnist(raw=False):
    """Return (x_train, y_train), (x_test, y_test), in the official order and split.

    x: float32 (60000, 784) and (10000, 784), one picture per row, from 0 (paper) to 1 (ink);
    with raw=True the pictures as they were scanned, uint8 (N, 28, 28), from 0 to 255.
    y: int64 (N,), the digits 0 to 9. Every call returns the same arrays, which are read-only:
    take x.copy() to change one.

    Raises FileNotFoundError if the file is missing, ValueError if it is damaged.
    Source: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits.
    """
    return pictures() if raw else rows()


@cache
def rows():
    """Return the split with each picture as a row of 784 float32 numbers in [0, 1], read-only."""
    (x_train, y_train), (x_test, y_test) = pictures()
    return (scaled(x_train), y_train), (scaled(x_test), y_test)


@cache
def pictures():
    """Return the split with the pictures as uint8 (N, 28, 28), read-only."""
    with np.load(io.BytesIO(verified_bytes()), allow_pickle=False) as arrays:
        x_train, x_test = (frozen(arrays[name]) for name in ("x_train", "x_test"))
        y_train, y_test = (frozen(arrays[name].astype(np.int64)) for name in ("y_train", "y_test"))
    return (x_train, y_train), (x_test, y_test)


def verified_bytes():
    """Return the bytes of FILE; raise if it is missing or not what was shipped."""
    try:
        content = FILE.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"The MNIST file {FILE} is missing: {REMEDY}.") from None
    # One flipped bit would be a wrong pixel or label that nobody notices.
    if sha256(content).hexdigest() != SHA256:
        raise ValueError(f"The MNIST file {FILE} is damaged (wrong SHA-256): {REMEDY}.")
    return content


def scaled(images):
    """Return uint8 images (N, 28, 28) as read-only float32 (N, 784), divided by 255."""
    x = images.reshape(len(images), -1).astype(np.float32)
    x /= np.float32(255)  # in place, so that there is never a second copy of 188 MB
    return frozen(x)


def frozen(a):
    """Return a, read-only: all callers share it, so none may change it."""
    a.setflags(write=False)
    return a
