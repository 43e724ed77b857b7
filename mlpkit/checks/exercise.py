"""What an exercise is, for the check, the store and the card."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Exercise(NamedTuple):
    """One exercise: what it is called, what stands in for it, and who judges the answer."""

    name: str  # of the check
    binds: str  # the name that the answer has in the notebook
    reference: Any
    judge: Callable  # judge(answer) raises Wrong, or whatever the learner's code raises
    methods: tuple[str, ...] = ()  # that the learner writes, if the answer is a class
    given: str = ""  # the faulty code that the learner mends, if there is no blank to fill
