"""A kernel stays as large as it is, however long a learner plays in it."""

import gc
import itertools

import psutil
import pytest
from strokes import DIGITS

from mlpkit import Linear, Net, ReLU, widgets

MOVES, TRAININGS, MOST = 1000, 200, 20  # the last in MB


def size():
    """How much memory this process holds, in MB."""
    gc.collect()
    return psutil.Process().memory_info().rss / 1e6


def moves(explorer):
    """Move one control after the other over all its values, without end."""
    sliders = [c for c in explorer.choices if hasattr(c, "values")]
    for place in itertools.count():
        for choice in sliders:
            getattr(explorer, choice.id).value = choice.values[place % len(choice.values)]
            assert explorer.panel.message == ""
            yield
        if not sliders:
            explorer.digit.value = DIGITS[place % 10]
            yield


@pytest.fixture(scope="module")
def explorers():
    net = Net(Linear(784, 32, 0), ReLU(), Linear(32, 10, 1))
    names = sorted(set(widgets.__all__) - {"mnist_training", "print_epoch", "progress"})
    return [getattr(widgets, name)(*([net] if name == "draw_digit" else [])) for name in names]


def test_a_thousand_moves_leave_no_memory_behind(explorers):
    walks = [moves(explorer) for explorer in explorers]
    for walk in walks * 20:  # what is made once is made now
        next(walk)
    before = size()
    for walk in itertools.islice(itertools.cycle(walks), MOVES):
        next(walk)
    assert size() - before < MOST


def test_two_hundred_trainings_leave_no_memory_behind():
    explorer = widgets.training()
    for seed in range(10):
        explorer.seed.value = seed
        explorer.play(26)
    before = size()
    for run in range(TRAININGS):
        explorer.seed.value = run % 20
        explorer.rewind()
        explorer.play(26)
    assert size() - before < MOST
