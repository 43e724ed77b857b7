"""The framework speaks English only; what it says to a learner is told anew here by its pattern."""

import re

from . import N_, _

ERROR = N_("{argument}: expected {wanted}, got {got}")
STOPPED = N_("epoch {number}: the loss is {value}; a smaller lr may help")
WANTED = (
    N_("a number above 0"),
    N_("a number from 0"),
    N_("a number from 0 to below 1"),
    N_("an array of numbers"),
    N_("an array of whole numbers"),
    N_("at least one sample"),
    N_("a label for each sample's scores"),
    N_("labels below {classes}, from 0"),
    N_("the scores' shape {shape}"),
    N_("shape (batch, classes)"),
    N_("one per sample"),
    N_("a forward pass before it"),
    N_("whole numbers above 0"),
    N_("objects such as Linear(2, 8), Tanh()"),
    N_("a floating-point type"),
    N_("a Net"),
    N_("one made for this net"),
    N_("finite numbers"),
    N_("shape (samples, features)"),
    N_("an entry for each of {n} samples"),
    N_("(x, y) or None"),
    N_("float64, to nudge it finely"),
    N_("a function"),
    N_("a loss class or a function (y_hat, y) -> (loss, gradient)"),
    N_("a gradient with {n} numbers"),
    N_("a gradient of shape (1,), the shape of w"),
)
GOT = (N_("none"), N_("nan or inf too"), N_("another's"))


def told(text):
    """A sentence of the framework in the learner's language; any other text as it is."""
    if parts := taken_apart(ERROR, text):
        wanted = matching(WANTED, parts["wanted"])
        if wanted is None and not parts["wanted"].startswith("("):
            return text
        parts["wanted"] = wanted or parts["wanted"]
        parts["got"] = matching(GOT, parts["got"]) or parts["got"]
        return _(ERROR, **parts)
    return matching((STOPPED,), text) or text


def matching(messages, text):
    """The first of the messages that the text is made of, in the learner's language, or None."""
    for message in messages:
        parts = taken_apart(message, text)
        if parts is not None:
            return _(message, **parts)
    return None


def taken_apart(message, text):
    """What stands at the {names} of a message in a text made of it, as a dict; else None."""
    pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(message))
    match = re.fullmatch(pattern, text, re.DOTALL)
    return match and match.groupdict()
