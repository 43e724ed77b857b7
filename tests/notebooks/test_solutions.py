"""With the answers put in, every check says right; with the blanks left blank, not yet."""

import re
from pathlib import Path

import pytest
from execute import ROOT, english_notebooks, read, run, solved
from lint import CHECK, is_check, is_exercise
from nbformat.v4 import new_notebook

SOLUTIONS = ROOT / "tests" / "solutions"
VERDICT = re.compile(r"^\W*(\w+): (right|not yet|wrong)\b")
STEMS = ["GradientDescent", "Backpropagation", "OwnFramework", "MyFW_MNIST"]


def checks(notebook):
    """The exercise and the text of the verdict below each check of an executed notebook."""
    for cell in filter(is_check, notebook.cells):
        texts = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
        yield CHECK.fullmatch(cell.source.strip()).group(1), "\n".join(texts)


def verdicts(notebook):
    """What each exercise of an executed notebook is judged to be: its status, by its name."""
    found = {}
    for exercise, text in checks(notebook):
        match = VERDICT.match(text)
        found[exercise] = match.group(2) if match and match.group(1) == exercise else text
    return found


def path_of(stem):
    """The file of the notebook `stem`."""
    return next(path for path in english_notebooks() if path.stem == stem)


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebooks with the answers, by stem: one learner, so the lab gets the lesson's work."""
    home = tmp_path_factory.mktemp("home")
    return {stem: run(solved(read(path_of(stem)), SOLUTIONS / stem), home) for stem in STEMS}


@pytest.mark.parametrize("stem", STEMS)
def test_every_exercise_has_a_solution_and_every_solution_an_exercise(stem):
    exercises = {cell.id for cell in read(path_of(stem)).cells if is_exercise(cell)}
    assert {path.stem for path in Path(SOLUTIONS, stem).glob("*.py")} == exercises


@pytest.mark.parametrize("stem", STEMS)
def test_every_check_says_right_with_the_solutions(executed, stem):
    found = verdicts(executed[stem])
    assert found
    assert found == dict.fromkeys(found, "right")


@pytest.mark.parametrize("stem", STEMS)
def test_the_saved_notebook_is_unsolved_and_every_check_says_not_yet(stem):
    found = verdicts(read(path_of(stem)))
    assert found
    assert found == dict.fromkeys(found, "not yet")


def test_a_wrong_solution_is_not_called_right(tmp_path):
    lesson = read(path_of("OwnFramework"))
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    check = next(cell for cell in code if cell.source.startswith("softmax = checks.softmax("))
    blank = code[code.index(check) - 1]
    blank.source = "def softmax(scores):\n    return scores"
    few = run(new_notebook(cells=[code[0], blank, check]), tmp_path)
    assert verdicts(few) == {"softmax": "wrong"}
