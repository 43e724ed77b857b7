"""What the makers of data accept as arguments, refused in one sentence before anything is made."""

from numbers import Integral, Real

import numpy as np

LARGEST = 1e30  # computed with larger numbers, float32 overflows


def check_count(argument, value, least):
    """Raise unless value is a whole number of at least `least`."""
    expected = f"{argument}: expected a whole number of at least {least}"
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{expected}, got {value!r}")
    if value < least:
        raise ValueError(f"{expected}, got {value}")


def check_between(argument, value, low, high, ends_too=True):
    """Raise unless value is a number from low to high; the ends count if `ends_too`."""
    ends = "" if ends_too else ", neither of them"
    expected = f"{argument}: expected a number between {low} and {high}{ends}"
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{expected}, got {value!r}")
    inside = low <= value <= high if ends_too else low < value < high
    if not inside:
        raise ValueError(f"{expected}, got {value}")


def generator(rng):
    """Return the np.random.Generator of a seed, or the given Generator itself, to draw on."""
    try:
        return np.random.default_rng(rng)
    except (TypeError, ValueError) as error:
        expected = "rng: expected a seed (a whole number of at least 0) or a np.random.Generator"
        raise type(error)(f"{expected}, got {rng!r}") from None
