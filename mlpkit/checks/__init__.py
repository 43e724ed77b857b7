"""Checks of the exercises: right, not yet, or wrong, with the mistake named where it is known.

gradient_descent.py judges the exercises of GradientDescent; gradient_mistakes.py: its mistakes
backpropagation.py  judges the exercises of Backpropagation; backpropagation_mistakes.py: theirs
own_framework.py    judges the exercises of the lesson OwnFramework; own_mistakes.py: its mistakes
lab.py              judges the exercises of the lab; lab_mistakes.py: its mistakes
reference.py        mlpkit's own answers where the framework has none; hints.py: three for each
judge.py            from an answer to its verdict; blank.py: is it still untouched?
known.py            how a known mistake is recognized by what the code does
honest.py           what keeps a verdict honest; limit.py: what ends an endless loop
verdict.py          the verdict, and how an answer is compared and shown
card.py             how a verdict looks in a notebook
store.py            my_framework.py, where right answers are kept; source.py: where they stand
report.py           the teacher's command, python -m mlpkit.checks report NOTEBOOK ...
kernels.py          how the report, and the course's tests, start a notebook's kernel

`softmax = checks.softmax(softmax)` shows a card and gives back the object to go on with: the
learner's own if it is right, else mlpkit's. `resume()` brings right answers back after a restart,
`progress()` says which ones are the learner's own.
"""

import json
import os
import sys

from ..i18n import N_, _
from . import card, own_framework, store
from .hints import HINTS
from .judge import EXERCISES, judge, remember
from .verdict import Verdict as Verdict

VERDICTS = "MLPKIT_VERDICTS"  # environment: a file to which each verdict is added, for a report
latest = {}  # exercise -> status of its last verdict in this process
FRAMEWORK = [exercise.name for exercise in own_framework.EXERCISES]


def exercises():
    """Return the names of all exercises, in the order of the lessons."""
    return list(EXERCISES)


def check(name, answer):
    """Judge an answer, show the card, keep it if it is right; return the object to go on with."""
    task, verdict = EXERCISES[name], judge(name, answer)
    latest[name] = verdict.status
    record(name, verdict)
    message = verdict.message + (kept(name, answer) if verdict.status == "right" else "")
    hints = () if verdict.status == "right" else [*map(_, HINTS[name])]
    card.show(card.words(name, verdict.status, message), verdict.status, hints)
    return answer if verdict.status == "right" else task.reference


def record(name, verdict):
    """Add a verdict to the file that a report asks for."""
    if file := os.environ.get(VERDICTS):
        line = {"exercise": name, "status": verdict.status, "mistake": verdict.mistake}
        with open(file, "a", encoding="utf-8", newline="\n") as verdicts:
            verdicts.write(json.dumps(line) + "\n")


def kept(name, answer):
    """Keep a right answer in the learner's file; say so, or why that is impossible."""
    try:
        store.save(name, answer)
    except Exception as error:  # that the learner's work is right counts more
        return "\n" + _("It could not be saved in {file}: {error}.", file=store.NAME, error=error)
    return " " + _("Saved in {file}.", file=store.NAME)


def resume(namespace=None):
    """Bring back the answers that were right, and mlpkit's own for the rest; show which is which.

    Names that the notebook already holds stay as they are; `namespace` is the dict of its names,
    by default the caller's.
    """
    namespace = sys._getframe(1).f_globals if namespace is None else namespace
    answers, broken = store.load()
    for name in FRAMEWORK:
        task = EXERCISES[name]
        if task.binds in namespace:
            latest[name] = judge(name, namespace[task.binds]).status
            continue
        verdict = judge(name, answers.get(name, task.reference))
        latest[name] = verdict.status
        namespace[task.binds] = answers[name] if verdict.status == "right" else task.reference
        if name in answers and verdict.status != "right":
            broken[name] = verdict.message.replace("\n", "\n  ")
    note = N_("saved, but no longer right: {name}. {why}")
    notes = [_(note, name=name, why=why) for name, why in broken.items()]
    text = "\n".join([_("your framework is ready to go on."), *owners(FRAMEWORK), *notes])
    status = "not yet" if notes else "right"
    card.show(card.words("resume", status, text, named=False), status)


def progress():
    """Show which of the exercises that were judged in this notebook are the learner's own."""
    names = list(latest) or FRAMEWORK
    mine = [name for name in names if latest.get(name) == "right"]
    count = _("{mine} of {all} exercises are yours.", mine=len(mine), all=len(names))
    text = "\n".join([count, *owners(names)])
    status = "right" if len(mine) == len(names) else "not yet"
    card.show(card.words("progress", status, text, named=False), status)


def owners(names):
    """Say in two lines which parts are the learner's and which are mlpkit's."""
    groups = {True: [], False: []}
    for name in names:
        groups[latest.get(name) == "right"].append(EXERCISES[name].binds)
    owner = {True: N_("yours: {parts}"), False: N_("mlpkit's: {parts}")}
    return [_(owner[mine], parts=", ".join(some)) for mine, some in groups.items() if some]


def check_of(name):
    """The function checks.<name>."""

    def check_exercise(answer):
        return check(name, answer)

    check_exercise.__name__ = check_exercise.__qualname__ = name
    binds = EXERCISES[name].binds
    check_exercise.__doc__ = f"Judge your {binds}; return it if it is right, else mlpkit's own."
    return check_exercise


squared_error = check_of("squared_error")
rmse = check_of("rmse")
surface_gradient = check_of("surface_gradient")
update = check_of("update")
sign_bug = check_of("sign_bug")
chain_rule = check_of("chain_rule")
neuron = check_of("neuron")
path_sum = check_of("path_sum")
hidden_delta = check_of("hidden_delta")
accumulate = check_of("accumulate")
vectorized = check_of("vectorized")
numerical_gradient = check_of("numerical_gradient")
softmax = check_of("softmax")
cross_entropy = check_of("cross_entropy")
linear = check_of("linear")
tanh = check_of("tanh")
relu = check_of("relu")
sigmoid = check_of("sigmoid")
net = check_of("net")
sgd = check_of("sgd")
minibatches = check_of("minibatches")
training_loop = check_of("training_loop")
scale_pixels = check_of("scale_pixels")
one_layer = check_of("one_layer")
two_layers = check_of("two_layers")
three_layers = check_of("three_layers")
confusion = check_of("confusion")

remember()
