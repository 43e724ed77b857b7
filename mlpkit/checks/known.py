"""Known mistakes: how one is described, and how it is recognized by what the code does.

Each has a twin: right code with that one fault. If an answer fails, it is run beside the twins on
the same inputs; where it first differs from the right answer, the twin that gives the very same
numbers names the mistake. Mistakes that numbers cannot show are named by the judge itself.
"""

from typing import Any, NamedTuple

import numpy as np


class Known(NamedTuple):
    """A known mistake: what is wrong, in the terms of the formula, and code that has it."""

    says: str
    twins: tuple[Any, ...] = ()


def diagnose(known, trace, right, answer):
    """Return the code of the known mistake that an answer makes, or None.

    known: {code: Known}; trace(answer) yields (label, value) step by step; right: the reference.
    """
    expected, found = run(trace, right), run(trace, answer)
    label = first_difference(found, expected)
    if label is None:
        return None
    for code, mistake in known.items():
        for twin in mistake.twins:
            result = run(trace, twin)
            if first_difference(result, expected) == label and same_step(result, found, label):
                return code
    return None


def first_difference(one, other):
    """The label of the first step at which two runs differ; None if there is none."""
    return next((label for label in other if not same_step(one, other, label)), None)


def run(trace, answer):
    """What a trace yields, by label; an exception ends it and is its last value."""
    values = {}
    try:
        for label, value in trace(answer):
            values[label] = np.array(value, dtype=float, copy=True)
    except KeyboardInterrupt:
        raise
    except Exception as error:
        values["raises"] = type(error).__name__
    return values


def same_step(one, other, label):
    """Whether two runs came to the same value at a step, or both to the same kind of exception."""
    if label in one and label in other:
        return alike(one[label], other[label])
    return label not in one and label not in other and one.get("raises") == other.get("raises")


def alike(one, other):
    """Whether two values of traces are the same in shape and, up to rounding, in all numbers."""
    if not isinstance(one, np.ndarray) or not isinstance(other, np.ndarray):
        return False
    return one.shape == other.shape and np.allclose(one, other, 1e-4, 1e-6, equal_nan=True)
