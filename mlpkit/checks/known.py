"""Known mistakes: how one is described, and how it is recognized by what the code does.

Each has a twin: right code with that one fault. If an answer fails, it is run beside the twins on
the same inputs; where it first differs from the right answer, the twin that gives the very same
numbers names the mistake. An exception says little about its cause: it names a mistake only if
that asks for it, and by its very words. Mistakes that neither shows are named by the judge itself.
"""

import re
from typing import Any, NamedTuple

import numpy as np


class Known(NamedTuple):
    """A known mistake: what is wrong, in the terms of the formula, and code that has it.

    raises: an exception in the words of a twin's tells this mistake too, for nothing else says so.
    """

    says: str
    twins: tuple[Any, ...] = ()
    raises: bool = False


class Raised(NamedTuple):
    """An exception as a value of a trace, by which two of them can be compared."""

    kind: str
    said: str


def diagnose(known, trace, right, answer):
    """Return the code of the known mistake that an answer makes, or None.

    known: {code: Known}; trace(answer) yields (label, value) step by step, or (label, function)
    for a step that may fail without ending the trace; right: the reference.
    """
    expected, found = run(trace, right), run(trace, answer)
    label = first_difference(found, expected)
    if label is None:
        return None
    results = [(code, run(trace, twin)) for code in known for twin in known[code].twins]
    for code, result in results:
        if known[code].raises and same_failure(result, found, expected):
            return code
    label = first_wrong(found, expected)
    if label is None:
        return None
    before = list(expected)[: list(expected).index(label)]
    for code, result in results:
        if first_wrong(result, expected) != label or not alike(result[label], found[label]):
            continue
        if all(has_failed(result, step) == has_failed(found, step) for step in before):
            return code
    return None


def first_difference(one, other):
    """The label of the first step at which two runs differ; None if there is none."""
    return next((label for label in other if not alike(one.get(label), other[label])), None)


def same_failure(one, other, expected):
    """Whether two runs differ first from the expected one by the same exception."""
    label = first_difference(one, expected)
    if label is None or label != first_difference(other, expected):
        return False
    failures = [values.get(label, values.get("raises")) for values in (one, other)]
    return all(isinstance(f, Raised) for f in failures) and failures[0] == failures[1]


def first_wrong(values, expected):
    """The label of the first step at which a run has other numbers; None if there is none."""
    steps = (label for label in expected if not has_failed(values, label))
    return next((label for label in steps if not alike(values[label], expected[label])), None)


def has_failed(values, label):
    """Whether a run has no numbers for a step."""
    return not isinstance(values.get(label), np.ndarray)


def run(trace, answer):
    """What a trace yields, by label; an exception that ends it is the value of "raises"."""
    values = {}
    try:
        for label, value in trace(answer):
            values[label] = step(value)
    except Exception as error:
        values["raises"] = raised(error)
    return values


def step(value):
    """The numbers of a step; of a step that may fail, also its exception."""
    if not callable(value):
        return np.array(value, dtype=float, copy=True)
    try:
        return np.array(value(), dtype=float, copy=True)
    except Exception as error:
        return raised(error)


def raised(error):
    """The kind of an exception and what it says, without addresses in memory."""
    try:
        said = str(error)
    except Exception:
        said = ""
    return Raised(type(error).__name__, re.sub(r"0x[0-9a-fA-F]+", "0x", said))


def alike(one, other):
    """Whether two values of traces are the same in shape and, up to rounding, in all numbers."""
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return False
    return one.shape == other.shape and np.allclose(one, other, 1e-4, 1e-6, equal_nan=True)
