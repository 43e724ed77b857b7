"""What a check says, and how a judge finds the smallest example that fails.

A judge is a function that takes the learner's object, tries it, and raises `Wrong` or `NotYet`;
if it returns, the answer is right. It calls the learner's code through `run`, so that copies of
the arguments go in, no exception gets out, and a changed argument is noticed.
"""

import copy
import sys
import traceback
import warnings
from pathlib import Path
from typing import NamedTuple

import numpy as np

PACKAGE = str(Path(__file__).resolve().parents[1])


class Verdict(NamedTuple):
    """status is "right", "not yet" or "wrong"; mistake is a stable code, or None if unknown."""

    status: str
    mistake: str | None
    message: str


class NotYet(Exception):
    """There is nothing to judge so far."""


class Wrong(Exception):
    """The answer fails an example; the text shows which."""


def show(value):
    """Write a value for a reader: at most 6 significant digits, and the shape of an array."""
    array = np.asarray(value)
    if array.ndim == 0:
        return f"{value:.6g}" if isinstance(value, (float, np.floating)) else str(value)
    text = np.array2string(array, precision=5, suppress_small=True, threshold=30, separator=", ")
    return f"{text}  shape {array.shape}"


def compare(what, yours, expected, given=""):
    """Raise Wrong, with both values, unless yours equals expected as far as its type allows."""
    where = f"{what} for {given}" if given else what
    if yours is None:
        raise Wrong(f"{where} is None. Is a `return` missing?")
    try:
        array = np.asarray(yours, dtype=None if hasattr(yours, "dtype") else float)
        fine = array.dtype.kind in "fiu"
    except (TypeError, ValueError):
        fine = False
    both = f"yours:    {show_safely(yours)}\nexpected: {show(expected)}"
    if not fine:
        raise Wrong(f"{where} is no number and no array of numbers.\n{both}")
    if array.shape != np.shape(expected):
        raise Wrong(f"{where} has the wrong shape.\n{both}")
    tolerance = 1e-3 if array.dtype.itemsize < 8 else 1e-6
    if not np.allclose(array, expected, rtol=tolerance, atol=tolerance):
        raise Wrong(f"{where} differs.\n{both}")


def show_safely(value):
    """Write any object the learner's code may have returned."""
    try:
        return show(value)
    except (TypeError, ValueError):
        return f"an object of type {type(value).__name__}"


def run(what, function, *arguments):
    """Return function(*arguments), called with copies; raise Wrong if it fails or changes one."""
    handed_in = copy.deepcopy(arguments)
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            result = function(*handed_in)
    except (Exception, SystemExit) as error:
        raise Wrong(f"{what} stopped with an error.\n{explain(error)}") from None
    for number, (before, after) in enumerate(zip(arguments, handed_in, strict=True), start=1):
        if isinstance(before, np.ndarray) and not np.array_equal(before, after):
            raise Wrong(f"{what} changes its argument number {number} in place. Work on a copy.")
    return result


def explain(error):
    """Say what the error was and in which of the learner's lines, without our own traceback."""
    text = f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [f for f in frames if not f.filename.startswith((PACKAGE, sys.prefix))]
    if theirs:
        text += f"\nin line {theirs[-1].lineno} of your cell: {theirs[-1].line}"
    return text
