"""What a picture shows, in words: how its numbers are written, and its recurring sentences."""

import operator

import numpy as np


def number(value, digits):
    """Write a number with `digits` significant digits, the same from Python and from NumPy."""
    if value is None:
        return "not measured"
    text = f"{float(value):.{digits}g}"
    return "0" if float(text) == 0 else text  # no "-0"


def count(n, noun):
    """Write "1 point", "2 points" or "2 classes"."""
    ending = "" if n == 1 else "es" if noun.endswith("s") else "s"
    return f"{n} {noun}{ending}"


def interval(low, high, digits):
    """Write a range, or nothing if digits is 0."""
    return f" from {number(low, digits)} to {number(high, digits)}" if digits else ""


def facts(*sentences):
    """Join sentences to the lines of a text, leaving out empty ones."""
    return "\n".join(filter(None, sentences))


def sentence(text):
    """End a title with a full stop, unless it already ends a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def axes_facts(ax, digits):
    """Name both axes of a Matplotlib Axes and say from where to where they go."""
    x = f"Horizontal axis: {ax.get_xlabel()}{interval(*ax.get_xlim(), digits)}"
    y = f"vertical axis: {ax.get_ylabel()}{interval(*ax.get_ylim(), digits)}"
    return f"{x}; {y}{', logarithmic' if ax.get_yscale() == 'log' else ''}."


def series_facts(name, xs, ys, digits, x_name=None):
    """Describe a line: its count, first, last, smallest and largest value, and where it breaks.

    xs, ys are arrays of floats of equal length; what x is called appears as "at epoch 3".
    """
    text = f"{name}: {count(len(ys), 'value')}"
    finite = ys[np.isfinite(ys)]
    if digits and len(finite):
        parts = ("first", ys[0]), ("last", ys[-1]), ("min", finite.min()), ("max", finite.max())
        text += ", " + ", ".join(f"{part} {number(value, digits)}" for part, value in parts)
    return f"{text}{broken(xs, ys, x_name)}."


def broken(xs, ys, x_name):
    """Say where a line stops being a number, as in "; becomes nan at epoch 3"."""
    bad = np.flatnonzero(~np.isfinite(ys))
    if not len(bad):
        return ""
    place = f"{x_name} {number(xs[bad[0]], 6)}" if x_name else number(xs[bad[0]], 6)
    return f"; becomes {number(ys[bad[0]], 6)} at {place}"


def check_text(argument, text):
    """Return a text, or None if it is left out; raise TypeError if it is anything else."""
    if not isinstance(text, str | None):
        raise TypeError(f"{argument}: expected text, got {text!r:.60}")
    return text


def check_digits(digits):
    """Return digits as an int; raise unless it is a whole number from 0 to 15."""
    try:
        whole = operator.index(digits)
    except TypeError:
        whole = -1
    if not 0 <= whole <= 15:
        raise ValueError(f"digits: expected a whole number from 0 to 15, got {digits!r}")
    return whole
