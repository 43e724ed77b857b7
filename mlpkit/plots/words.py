"""What a picture shows, in words: how its numbers are written, and its recurring sentences."""

import operator

import numpy as np

from ..i18n import _, n_


def number(value, digits):
    """Write a number with `digits` significant digits, the same from Python and from NumPy."""
    if value is None:
        return _("not measured")
    text = f"{float(value):.{digits}g}"
    return "0" if float(text) == 0 else text  # no "-0"


def span(name, low, high, digits):
    """Write from where to where something goes, or only its name if digits is 0."""
    if not digits:
        return name
    low, high = number(low, digits), number(high, digits)
    return _("{name} from {low} to {high}", name=name, low=low, high=high)


def listing(texts):
    """Write texts one after another, as the language in use does it."""
    return _(", ").join(texts)


def facts(*sentences):
    """Join sentences to the lines of a text, leaving out empty ones."""
    return "\n".join(filter(None, sentences))


def sentence(text):
    """End a title with a full stop, unless it already ends a sentence."""
    return text if text.endswith((".", "?", "!", "؟")) else _("{text}.", text=text)


def axes_facts(ax, digits):
    """Name both axes of a Matplotlib Axes and say from where to where they go."""
    x = span(ax.get_xlabel(), *ax.get_xlim(), digits)
    y = span(ax.get_ylabel(), *ax.get_ylim(), digits)
    if ax.get_yscale() == "log":
        return _("Horizontal axis: {x}; vertical axis: {y}, logarithmic.", x=x, y=y)
    return _("Horizontal axis: {x}; vertical axis: {y}.", x=x, y=y)


def series_facts(name, xs, ys, digits, x_name=None):
    """Describe a line: its count, first, last, smallest and largest value, and where it breaks.

    xs, ys are arrays of floats of equal length; what x is called appears as "at epoch 3".
    """
    text = n_("{name}: {n} value", "{name}: {n} values", len(ys), name=name)
    finite = ys[np.isfinite(ys)]
    if digits and len(finite):
        text = _(
            "{values}, first {first}, last {last}, min {min}, max {max}",
            values=text,
            first=number(ys[0], digits),
            last=number(ys[-1], digits),
            min=number(finite.min(), digits),
            max=number(finite.max(), digits),
        )
    return sentence(broken(text, xs, ys, x_name))


def broken(text, xs, ys, x_name):
    """Add where a line stops being a number, as in "...; becomes nan at epoch 3"."""
    bad = np.flatnonzero(~np.isfinite(ys))
    if not len(bad):
        return text
    place = f"{x_name or ''} {number(xs[bad[0]], 6)}".strip()
    value = number(ys[bad[0]], 6)
    return _("{text}; becomes {value} at {place}", text=text, value=value, place=place)


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
