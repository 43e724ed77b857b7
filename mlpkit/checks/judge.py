"""From an answer to its verdict. Whatever the learner's code does, a verdict comes out."""

import linecache
import sysconfig
import traceback
import warnings
from pathlib import Path

import numpy as np

from .. import layers, losses, optim
from ..i18n import N_, _
from ..i18n.errors import told
from ..train import steps
from . import (
    backpropagation,
    backpropagation_mistakes,
    gradient_descent,
    gradient_mistakes,
    lab,
    lab_mistakes,
    own_framework,
    own_mistakes,
    reference,
)
from .blank import blanks
from .honest import at_start, inventory, is_withheld, owners, replaced, spies, withheld
from .known import diagnose
from .limit import Limit
from .verdict import Verdict, Wrong, nudged, show

LESSONS = gradient_descent, backpropagation, own_framework, lab
MISTAKES = gradient_mistakes, backpropagation_mistakes, own_mistakes, lab_mistakes
EXERCISES = {e.name: e for lesson in LESSONS for e in lesson.EXERCISES}
KNOWN = {name: known for lesson in MISTAKES for name, known in lesson.KNOWN.items()}
TRACES = {name: trace for lesson in MISTAKES for name, trace in lesson.TRACES.items()}
RIGHT = {name: right for lesson in MISTAKES for name, right in lesson.RIGHT.items()}
SECTIONS = {name: title for lesson in MISTAKES for name, title in lesson.SECTIONS.items()}
SECONDS = 4  # for the learner's code, before it counts as an endless loop
# Code in these folders is not the learner's.
LIBRARIES = [Path(__file__).parents[1], Path(np.__file__).parent, sysconfig.get_path("stdlib")]
# What else of mlpkit does the work of an exercise, besides its reference.
SAME_WORK = {
    "squared_error": [losses.SquaredLoss, losses.AbsoluteLoss],
    "rmse": [losses.SquaredLoss],
    "update": [optim.SGD, optim.Adam],
    "neuron": [reference.neuron_step],
    "accumulate": [reference.vectorized],
    "vectorized": [reference.accumulate],
    "numerical_gradient": [nudged],
    "softmax": [layers.Softmax, losses.CrossEntropyLoss],
    "cross_entropy": [losses.LogisticLoss],
    "sgd": [optim.Adam],
    "minibatches": [steps],
    "training_loop": [steps],
}
REPLACED = N_(
    "{names} is no longer what it was when the notebook started. Choose Kernel → Restart Kernel, "
    "and run the cells again."
)
OURS = N_("This is mlpkit's own {binds}: run the cell above again with your code.")
EXPECTED = {
    "class": N_("Expected the class {binds}, got {value}."),
    "function": N_("Expected the function {binds}, got {value}."),
}
TURN = N_("{rest} — until then mlpkit's own {binds} stands in, so that the lesson goes on.")
SPYING = N_("Your code uses {names} to look into the check. Compute the answer from its inputs.")
WITHHELD = N_(
    "Your code calls mlpkit's own version: write the computation itself — until then mlpkit's own "
    "{binds} stands in, so that the lesson goes on."
)
TOO_LONG = N_(
    "Your code did not come to an end within {seconds} seconds. Look for a loop that never stops, "
    "or for Python loops over many numbers where one NumPy operation would do."
)


def exercise(name):
    """The exercise of this name, or ValueError."""
    if name not in list(EXERCISES):
        raise ValueError(f"name: expected one of {', '.join(EXERCISES)}, got {name!r}")
    return EXERCISES[name]


def judge(name, answer):
    """Return the Verdict on an answer to the exercise `name`; only an unknown name raises."""
    task = exercise(name)
    if names := replaced():
        return Verdict("wrong", "tampered", _(REPLACED, names=", ".join(names[:3])))
    limit = Limit(SECONDS)
    try:
        with limit, np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return outcome(task, answer)
    except BaseException as error:  # exit() and an interrupt too: the lesson goes on
        if limit.up:
            return Verdict("wrong", "too-long", _(TOO_LONG, seconds=limit.seconds))
        return Verdict("wrong", None, blame(error))


def outcome(task, answer):
    """Return the Verdict; raise only what is not the learner's doing, such as an interrupt."""
    with withheld(task.reference, *SAME_WORK.get(task.name, [])):
        try:
            return verdict(task, answer)
        except Wrong as wrong:
            code = wrong.mistake or recognized(task, answer)
            text = str(wrong)
        except Exception as error:
            if is_withheld(error):
                return Verdict("not yet", None, _(WITHHELD, binds=task.binds))
            code, text = recognized(task, answer), blame(error)
    return named(task, code, text)


def recognized(task, answer):
    """The code of the known mistake whose twin does the same as the answer, or None."""
    if task.name not in TRACES:
        return None
    return diagnose(KNOWN[task.name], TRACES[task.name], RIGHT[task.name], answer)


def named(task, code, text):
    """The Verdict on a wrong answer: the known mistake first, then the example that shows it."""
    known = KNOWN[task.name]
    if code == "dout-changed" and code not in known:
        code = "input-changed"
    if code in known:
        text = f"{_(known[code].says)}\n{text}"
        again = _("Read again: {section}", section=_(SECTIONS[task.name]))
        return Verdict("wrong", code, f"{text}\n{again}")
    return Verdict("wrong", code, text)


def verdict(task, answer):
    """Return "not yet" or "right"; raise what is wrong."""
    kind = "class" if isinstance(task.reference, type) else "function"
    if is_reference(answer, task.reference):
        return Verdict("not yet", None, _(OURS, binds=task.binds))
    if not (isinstance(answer, type) if kind == "class" else callable(answer)):
        raise Wrong(_(EXPECTED[kind], binds=task.binds, value=show(answer)))
    if blank := blanks(answer, task.methods, task.given):
        return Verdict("not yet", None, turn(task, blank))
    if names := spies(answer):
        raise Wrong(_(SPYING, names=", ".join(names)), "tampered")
    task.judge(answer)
    return Verdict("right", None, _("Your {binds} is in use from here on.", binds=task.binds))


def turn(task, blank):
    """Say that it is the learner's turn, and what is still blank if other methods are written."""
    some = task.methods and set(blank) != set(task.methods)
    rest = _("Still blank: {names}", names=", ".join(blank)) if some else _("Your turn")
    return _(TURN, rest=rest, binds=task.binds)


def is_reference(answer, reference):
    """Whether an answer is mlpkit's own: the thing itself, an alias, a subclass or a wrapper."""
    answer = getattr(answer, "__wrapped__", getattr(answer, "func", answer))
    if isinstance(answer, type) and isinstance(reference, type):
        return issubclass(answer, reference)
    return answer is reference


def blame(error):
    """Say which exception came, and from which line of the learner's code."""
    text = traceback.format_exception_only(error)[-1].strip()  # str(error) might raise
    kind, colon, said = text.partition(": ")
    text = kind + colon + told(said)
    line = learners_line(error)
    first = _("Your code raises an exception.")
    return f"{first}\n{text}" + (f"\n{line}" if line else "")


def learners_line(error):
    """The last line of the learner's own on the way to an exception; None if there is none."""
    frames = [(f.f_code.co_filename, n) for f, n in traceback.walk_tb(error.__traceback__)]
    own = [frame for frame in frames if not in_library(frame[0])]
    if not own:
        return None
    file, number = own[-1]
    source = linecache.getline(file, number).strip()
    return _("in line {number}: {source}", number=number, source=source).removesuffix(": ")


def in_library(file):
    """Whether a file is Python's, NumPy's or mlpkit's."""
    path = Path(file)
    return any(path.is_relative_to(folder) for folder in LIBRARIES) or file.startswith("<frozen")


def remember():
    """Note what NumPy, Python and mlpkit are like before a notebook can change them."""
    at_start.update(inventory(owners()))
