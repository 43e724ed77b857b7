"""Planted mistakes are refused by their own name; right answers of any style are accepted."""

import re
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from mlpkit import checks, widgets
from mlpkit.checks.hints import HINTS
from mlpkit.checks.judge import EXERCISES, KNOWN, SECTIONS

FOLDER = Path(__file__).parent
WRONG = sorted(FOLDER.glob("wrong_answers/*/*.py"))
RIGHT = sorted(FOLDER.glob("right_answers/*/*.py"))
NETS = {"one_layer", "two_layers", "three_layers"}
TAKERS = {  # the explorers that take a learner's answer
    "linear": lambda own: widgets.training(linear=own),
    "tanh": lambda own: widgets.training(tanh=own),
    "net": lambda own: widgets.training(net=own),
    "cross_entropy": lambda own: widgets.training(loss=own),
    "sgd": lambda own: widgets.training(optimizer=own),
    "relu": lambda own: widgets.activations(relu=own),
    "sigmoid": lambda own: widgets.activations(sigmoid=own),
    "softmax": lambda own: widgets.scores(softmax=own),
    "squared_error": lambda own: widgets.losses(squared=own),
    "update": lambda own: widgets.descent(update=own),
    "surface_gradient": lambda own: widgets.descent(gradient=own),
    "accumulate": widgets.deltas,
    "vectorized": widgets.deltas,
    "path_sum": widgets.paths,
    "numerical_gradient": widgets.gradient_check,
}
# All styles of a Linear, and of the others those that differ most from the course's own.
STYLES = {"other-attributes", "list-results", "list-comprehension", "columns", "recursion"}
TAKEN = [path for path in RIGHT if path.parent.name == "linear" or path.stem in STYLES]
TAKEN = [path for path in TAKEN if path.parent.name in TAKERS]
LESSONS = {
    "notebooks/GradientDescent.ipynb": {"rmse", "surface_gradient", "update", "sign_bug"},
    "notebooks/Backpropagation.ipynb": {
        *("chain_rule", "neuron", "path_sum", "hidden_delta", "accumulate", "vectorized"),
        "numerical_gradient",
    },
    "lab/MyFW_MNIST.ipynb": NETS | {"scale_pixels", "confusion"},
}


def name_of(path):
    return f"{path.parent.name}/{path.stem}"


def answer_in(path):
    """Run a file as a notebook would run its cell; return what it binds."""
    text = path.read_text(encoding="utf-8")
    names = {"__name__": "__main__"}
    exec(compile(text, str(path), "exec"), names)
    return names[EXERCISES[path.parent.name].binds]


@pytest.mark.parametrize("path", WRONG, ids=name_of)
def test_a_planted_mistake_is_refused_with_its_own_code(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# {path.parent.name}: {path.stem}"
    verdict = checks.judge(path.parent.name, answer_in(path))
    assert (verdict.status, verdict.mistake) == ("wrong", path.stem), verdict.message
    says, *example = verdict.message.splitlines()
    assert says == KNOWN[path.parent.name][path.stem].says
    assert example[-1] == f"Read again: {SECTIONS[path.parent.name]}"
    assert len(example) >= 2  # and between them what happened


@pytest.mark.parametrize("path", RIGHT, ids=name_of)
def test_a_right_answer_in_another_style_is_accepted(path):
    assert path.read_text(encoding="utf-8").splitlines()[0] == f"# {path.parent.name}"
    assert checks.judge(path.parent.name, answer_in(path)) == (
        "right",
        None,
        f"Your {EXERCISES[path.parent.name].binds} is in use from here on.",
    )


@pytest.mark.parametrize("path", TAKEN, ids=name_of)
def test_an_explorer_runs_a_right_answer_in_another_style(path):
    explorer = TAKERS[path.parent.name](answer_in(path))
    if hasattr(explorer, "play"):
        explorer.play(2)
    for choice in explorer.choices:
        if choice.id == "step":
            explorer.step.value = choice.values[-1]
    assert explorer.panel.message == ""


def test_each_answer_that_an_explorer_takes_is_among_them():
    assert {path.parent.name for path in TAKEN} == set(TAKERS)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_planted_mistakes_and_right_answers(name):
    wrong = [path for path in WRONG if path.parent.name == name]
    right = [path for path in RIGHT if path.parent.name == name]
    assert len(wrong) >= (3 if name in NETS else 5)
    assert len(right) >= 3


def test_every_known_mistake_is_planted_somewhere():
    planted = {(path.parent.name, path.stem) for path in WRONG}
    for name in KNOWN.keys() - NETS:
        assert {(name, code) for code in KNOWN[name]} <= planted, name
    nets = {code for name, code in planted if name in NETS}
    assert set(KNOWN["two_layers"]) == nets


def test_verdicts_come_fast():
    seconds = []
    for path in WRONG + RIGHT:
        answer = answer_in(path)
        start = time.perf_counter()
        checks.judge(path.parent.name, answer)
        seconds.append(time.perf_counter() - start)
    print(f"median {median(seconds):.4f} s, worst {max(seconds):.3f} s", file=sys.stderr)
    assert median(seconds) < 0.3


@pytest.mark.parametrize("name", EXERCISES)
def test_every_exercise_has_three_hints_a_section_and_sentences(name):
    assert len(HINTS[name]) == 3 and len(set(HINTS[name])) == 3
    own = "notebooks/OwnFramework.ipynb"
    file = next((file for file, names in LESSONS.items() if name in names), own)
    text = (FOLDER.parent / file).read_text(encoding="utf-8")
    assert f"## {SECTIONS[name].partition(',')[0]}" in text.replace("\\n", "\n")
    for code, known in KNOWN[name].items():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*", code)
        assert len(known.says.split()) >= 5 and known.says.endswith((".", "…", ")"))
