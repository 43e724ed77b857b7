"""Checks: each judges the learner's own object and hands back the object to go on with.

softmax = checks.softmax(softmax)    the line below an exercise; one function for each exercise
judge(name, obj)                     the verdict alone: status, mistake, message
exercises()                          the names of all exercises
resume()                             after a restart: brings back what was right
progress()                           which parts are the learner's by now
"""

import sys

from . import lab, own_framework, store
from .blank import is_ours
from .card import Card, display
from .verdict import NotYet, Verdict, Wrong

LESSONS = (own_framework.EXERCISES, lab.EXERCISES)
EXERCISES = {name: exercise for lesson in LESSONS for name, exercise in lesson.items()}
BOUND = {name: bound for name, (bound, _, _) in EXERCISES.items()}


def exercises():
    """Return the names of all exercises, in the order of the lessons."""
    return list(EXERCISES)


def judge(name, thing):
    """Return the Verdict on `thing` as the answer to the exercise `name`; never raise for it."""
    if name not in EXERCISES:
        raise ValueError(f"name: expected one of {', '.join(EXERCISES)}, got {name!r}")
    try:
        EXERCISES[name][1](thing)
    except NotYet as reason:
        return Verdict("not yet", None, str(reason))
    except Wrong as reason:
        return Verdict("wrong", None, str(reason))
    except Exception as error:
        text = f"Your {BOUND[name]} does something the check did not foresee.\n{error!r}"
        return Verdict("wrong", None, text)
    return Verdict("right", None, f"Your {BOUND[name]} is in use from here on.")


def show(name, thing):
    """Judge, save what is right, show the card, and return the object to go on with."""
    verdict = judge(name, thing)
    text, right = verdict.message, verdict.status == "right"
    if right:
        text += " " + store.save(name, thing, BOUND)
    display(Card(f"{name}: {verdict.status}", text, verdict.status))
    return thing if right else EXERCISES[name][2]


def make_check(name):
    """The function checks.<name>."""

    def check(thing):
        return show(name, thing)

    check.__name__ = check.__qualname__ = name
    check.__doc__ = f"Judge your {BOUND[name]}, and return it if it is right, else mlpkit's own."
    return check


def notebook_names():
    """The names that the notebook, or whoever called us, holds."""
    frame = sys._getframe(2)
    return frame.f_globals


def resume():
    """Bring back what was judged right before, and mlpkit's parts for the rest.

    Names that the notebook already holds stay as they are.
    """
    names = notebook_names()
    found, broken = store.load(BOUND)
    for name, (bound, _, reference) in EXERCISES.items():
        if bound in names or (name not in found and name in lab.EXERCISES):
            continue
        usable = name in found and judge(name, found[name]).status == "right"
        if name in found and not usable:
            broken.append(name)
        names[bound] = found[name] if usable else reference
    report = parts(names)
    if broken:
        report += f"\nno longer right, answer again: {', '.join(broken)}"
    display(Card("your framework, as it stands", report, "right" if not broken else "wrong"))


def progress():
    """Show which parts of the framework are the learner's, and which are mlpkit's."""
    display(Card("your framework, as it stands", parts(notebook_names()), "right"))


def parts(names):
    """Two lines: the learner's parts among `names`, and mlpkit's."""
    bound = [b for b in BOUND.values() if b in names]
    yours = [b for b in bound if not is_ours(names[b])]
    ours = [b for b in bound if is_ours(names[b])]
    return f"yours: {', '.join(yours) or 'none so far'}\nmlpkit's: {', '.join(ours) or 'none'}"


globals().update({name: make_check(name) for name in EXERCISES})
__all__ = ["Verdict", "exercises", "judge", "progress", "resume", *EXERCISES]
