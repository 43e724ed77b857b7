"""From an answer to its verdict. Whatever the learner's code does, a verdict comes out."""

import linecache
import sysconfig
import traceback
import warnings
from pathlib import Path

import numpy as np

from . import lab, own_framework
from .blank import blanks
from .verdict import Verdict, Wrong, show

EXERCISES = {e.name: e for e in [*own_framework.EXERCISES, *lab.EXERCISES]}
# Code in these folders is not the learner's.
LIBRARIES = [Path(__file__).parents[1], Path(np.__file__).parent, sysconfig.get_path("stdlib")]


def exercise(name):
    """The exercise of this name, or ValueError."""
    if name not in EXERCISES:
        raise ValueError(f"name: expected one of {', '.join(EXERCISES)}, got {name!r}")
    return EXERCISES[name]


def judge(name, answer):
    """Return the Verdict on an answer to the exercise `name`; only an unknown name raises."""
    task = exercise(name)
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return verdict(task, answer)
    except Wrong as wrong:
        return Verdict("wrong", wrong.mistake, str(wrong))
    except BaseException as error:  # exit() and an interrupt too: the lesson goes on
        return Verdict("wrong", None, blame(error))


def verdict(task, answer):
    """Return "not yet" or "right"; raise what is wrong."""
    kind = "class" if isinstance(task.reference, type) else "function"
    if is_reference(answer, task.reference):
        message = f"This is mlpkit's own {task.binds}: run the cell above again with your code."
        return Verdict("not yet", None, message)
    if not (isinstance(answer, type) if kind == "class" else callable(answer)):
        raise Wrong(f"Expected the {kind} {task.binds}, got {show(answer)}.")
    if blank := blanks(answer, task.methods):
        return Verdict("not yet", None, turn(task, blank))
    task.judge(answer)
    return Verdict("right", None, f"Your {task.binds} is in use from here on.")


def turn(task, blank):
    """Say that it is the learner's turn, and what is still blank if other methods are written."""
    some = task.methods and set(blank) != set(task.methods)
    rest = f"Still blank: {', '.join(blank)}" if some else "Your turn"
    return f"{rest} — until then mlpkit's own {task.binds} stands in, so that the lesson goes on."


def is_reference(answer, reference):
    """Whether an answer is mlpkit's own: the thing itself, an alias, a subclass or a wrapper."""
    answer = getattr(answer, "__wrapped__", getattr(answer, "func", answer))
    if isinstance(answer, type) and isinstance(reference, type):
        return issubclass(answer, reference)
    code = getattr(reference, "__code__", None)
    return answer is reference or (code is not None and getattr(answer, "__code__", None) is code)


def blame(error):
    """Say which exception came, and from which line of the learner's code."""
    text = traceback.format_exception_only(error)[-1].strip()
    line = learners_line(error)
    return f"Your code raises an exception.\n{text}" + (f"\n{line}" if line else "")


def learners_line(error):
    """The last line of the learner's own on the way to an exception; None if there is none."""
    frames = [(f.f_code.co_filename, n) for f, n in traceback.walk_tb(error.__traceback__)]
    own = [frame for frame in frames if not in_library(frame[0])]
    if not own:
        return None
    file, number = own[-1]
    return f"in line {number}: {linecache.getline(file, number).strip()}".removesuffix(": ")


def in_library(file):
    """Whether a file is Python's, NumPy's or mlpkit's."""
    path = Path(file)
    return any(path.is_relative_to(folder) for folder in LIBRARIES) or file.startswith("<frozen")
