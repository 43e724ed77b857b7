"""What a check says: right, wrong or not yet; and the smallest example that shows why."""

import copy
from typing import NamedTuple

import numpy as np

from ..i18n import _


class Verdict(NamedTuple):
    """status is "right", "wrong" or "not yet"; mistake a code for a known mistake, or None."""

    status: str
    mistake: str | None
    message: str


class Wrong(Exception):
    """Raised by a judging function: the answer is wrong, and the text says in what."""

    def __init__(self, message, mistake=None):
        super().__init__(message)
        self.mistake = mistake


class Example:
    """One input, on which the answer of the learner is compared with the expected one.

    `given` holds the inputs by name; they are shown if the answer is wrong.
    """

    def __init__(self, **given):
        self.given = given

    def also(self, **given):
        """Return an Example with further inputs."""
        return Example(**self.given, **given)

    def call(self, function, label, *names):
        """Return function(*inputs) for the inputs so named, which are copies of ours."""
        copies = [copy.deepcopy(self.given[name]) for name in names]
        result = function(*copies)
        for name, after in zip(names, copies, strict=True):
            if not np.array_equal(after, self.given[name]):
                text = _("{label} changes its input {name} in place.", label=label, name=name)
                before = _("{name} before: {value}", name=name, value=show(self.given[name]))
                after = _("{name} after: {value}", name=name, value=show(after))
                code = "dout-changed" if name == "dout" else "input-changed"
                self.fail(text, before, after, code=code)
        return result

    def same(self, label, got, expected, exact_type=None, code=None):
        """Raise Wrong, by its code if known, unless `got` has shape and numbers of `expected`."""
        expected, array = np.asarray(expected), as_numbers(got)
        if array is None:
            if expected.ndim:
                text = _("{label} is no array of numbers.", label=label)
            else:
                text = _("{label} is no number.", label=label)
            self.compare(text, got, expected, code)
        if array.shape != expected.shape:
            self.compare(_("{label} has the wrong shape.", label=label), array, expected, code)
        if exact_type and array.dtype != exact_type:
            types = facing(array.dtype, np.dtype(exact_type))
            self.fail(_("{label} has the wrong type of numbers.", label=label), *types)
        if not np.all(close(array, expected)):
            if expected.ndim:
                text = _("{label} has other numbers than expected.", label=label)
            else:
                text = _("{label} is another number than expected.", label=label)
            self.compare(text, array, expected, code)
        return array

    def same_array(self, label, got, expected, code=None):
        """Like `same`, but a list of the right numbers is refused: later code computes with it."""
        self.same(label, got, expected, code=code)
        if isinstance(got, list | tuple):
            text = _("{label} is no NumPy array.", label=label)
            self.fail(text, *facing(type(got).__name__, "np.ndarray"), code="list-returned")

    def compare(self, sentence, got, expected, code=None):
        """Raise Wrong with both values; of large arrays, with the first entry that differs."""
        self.fail(sentence, *both(got, expected), code=code)

    def fail(self, sentence, *lines, code=None):
        """Raise Wrong with a sentence, the inputs, further lines, and the known mistake's code."""
        given = {k: v if isinstance(v, str) else show(v) for k, v in self.given.items()}
        inputs = [_("input: {name} {value}", name=k, value=v) for k, v in given.items()]
        raise Wrong("\n".join([sentence, *inputs, *lines]), code)


def both(got, expected):
    """Write what came and what was expected, as two lines."""
    if isinstance(got, np.ndarray) and got.shape == np.shape(expected) and got.size > MOST_SHOWN:
        at = tuple(int(i) for i in np.argwhere(~close(got, expected))[0])
        values = [show(value[at]) for value in (got, expected)]
        return facing(*(_("at {place} {value}", place=list(at), value=v) for v in values))
    return facing(show(got), expected if isinstance(expected, str) else show(expected))


def facing(yours, expected):
    """The two lines that say what came and what was expected, of values or words."""
    return _("yours: {value}", value=yours), _("expected: {value}", value=expected)


def as_numbers(value):
    """Return the value as an array of numbers, or None if it is none."""
    try:
        array = np.asarray(value)
    except (ValueError, TypeError):
        return None
    return array if array.dtype.kind in "fiub" else None


def close(got, expected):
    """Compare number by number. Sums in another order, and float32 inside, are no mistakes."""
    low = got.dtype.kind == "f" and got.dtype.itemsize < 8
    relative, largest = (1e-4, 2e-5) if low else (1e-5, 2e-6)
    e = np.asarray(expected, dtype=float)
    room = relative * np.abs(e) + largest * np.max(np.abs(e), initial=0) + 1e-9
    return np.abs(got.astype(float) - e) <= room  # nan is close to nothing


MOST_SHOWN = 16  # numbers; larger arrays are shown by their shape


def show(value):
    """Write a value for a reader: "(2, 1) = [[1], [2]]", or what kind of object it is."""
    array = as_numbers(value)
    if value is None or array is None:
        return "None" if value is None else describe(value)
    if array.ndim == 0:
        return number(array)
    shape = str(array.shape)
    return f"{shape} = {nested(array)}" if array.size <= MOST_SHOWN else shape


def nested(array):
    """Write an array as nested lists of short numbers."""
    return f"[{', '.join(map(nested, array))}]" if array.ndim else number(array)


def number(value):
    """Write a number with at most 6 significant digits."""
    text = f"{float(value):.6g}"
    return "0" if text == "-0" else text


def describe(value):
    """Say what kind of object a value is, without its address in memory."""
    if isinstance(value, str):
        return repr(value[:40])
    if isinstance(value, type):
        return _("the class {name}", name=value.__name__)
    if isinstance(value, tuple | list) and len(value) <= 3:
        inside = ", ".join(show(item) for item in value)
        kind, count = type(value).__name__, len(value)
        if not value:
            return repr(value)
        return _("{kind} of {count}: {values}", kind=kind, count=count, values=inside)
    name = getattr(value, "__name__", None)
    kind = type(value).__name__
    return f"{kind} {name}" if isinstance(name, str) else _("an object of type {kind}", kind=kind)


def nudged(loss, w, h=1e-5):
    """Return the derivative of the number loss() by each entry of w: nudge it to both sides."""
    gradient = np.zeros(w.shape)
    for at in np.ndindex(w.shape):
        kept = w[at]
        w[at] = kept + h
        up = loss()
        w[at] = kept - h
        gradient[at] = (up - loss()) / (2 * h)
        w[at] = kept
    return gradient
