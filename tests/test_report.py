"""The teacher's report on learners' notebooks."""

import csv
import io
import json
import sys
from importlib.util import find_spec

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from mlpkit.checks import report

START = "import numpy as np\nfrom mlpkit import checks"
SOFTMAX = """def softmax(scores):
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)"""
RELU_WRONG = """class ReLU:
    def forward(self, x):
        return np.maximum(x, 0)
    def backward(self, dout):
        return dout"""
CHECKS = {"softmax": "softmax = checks.softmax(softmax)", "relu": "ReLU = checks.relu(ReLU)"}


@pytest.fixture
def notebook(tmp_path):
    """A function that writes a learner's notebook and gives its path."""

    def write(name, *cells):
        path = tmp_path / name
        made = [new_markdown_cell("# A notebook"), *map(new_code_cell, (START, *cells))]
        nbformat.write(new_notebook(cells=made), path)
        return path

    return write


def test_the_table_has_a_line_for_each_exercise_and_names_the_mistake(notebook, capsys):
    cells = SOFTMAX, CHECKS["softmax"], RELU_WRONG, CHECKS["relu"]
    path = notebook("kim.ipynb", *cells)
    before = path.read_bytes()
    assert report.main(["report", str(path)]) == 1
    head, first, second, last = capsys.readouterr().out.splitlines()
    assert head.split() == ["notebook", "exercise", "status", "mistake"]
    assert first.removeprefix(str(path)).split() == ["softmax", "right"]
    assert second.removeprefix(str(path)).split() == ["relu", "wrong", "passes-negative"]
    assert last == f"{path}: 1 of 2 right"
    assert path.read_bytes() == before
    assert not (path.parent / "my_framework.py").exists()


def test_all_right_is_status_0_and_csv_holds_the_same(notebook, capsys):
    path = notebook("lee.ipynb", SOFTMAX, CHECKS["softmax"])
    assert report.main(["report", "--csv", str(path)]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    expected = {"exercise": "softmax", "status": "right", "mistake": ""}
    assert rows == [{"notebook": str(path)} | expected]


def test_a_star_stands_for_all_notebooks_where_the_shell_leaves_it(notebook, tmp_path, capsys):
    for name in ("b.ipynb", "a[1].ipynb"):
        notebook(name, SOFTMAX, CHECKS["softmax"])
    whole, star, none = tmp_path / "a[1].ipynb", tmp_path / "*.ipynb", tmp_path / "?.txt"
    assert list(report.expanded([whole])) == [whole]
    assert report.main(["report", str(star), str(none)]) == 2
    shown = capsys.readouterr()
    totals = shown.out.splitlines()[-2:]
    assert totals == [f"{tmp_path / name}: 1 of 1 right" for name in ("a[1].ipynb", "b.ipynb")]
    assert shown.err == f"{none}: cannot be read, No such file or directory\n"


def test_every_verdict_is_reported_however_the_check_was_called(notebook, capsys):
    wrong = RELU_WRONG.replace("ReLU", "Mine")
    path = notebook("kim.ipynb", wrong, "from mlpkit.checks import relu as check\ncheck(Mine)")
    assert report.main(["report", str(path)]) == 1
    line, last = capsys.readouterr().out.splitlines()[1:]
    assert line.removeprefix(str(path)).split() == ["relu", "wrong", "passes-negative"]
    assert last == f"{path}: 0 of 1 right"


def test_a_notebook_without_checks_is_named(notebook, capsys):
    path = notebook("empty.ipynb", "x = 1")
    assert report.main(["report", str(path)]) == 2
    assert capsys.readouterr().err == f"{path}: calls no check\n"


def test_kernels_say_nothing_of_their_own(notebook, capfd):
    report.main(["report", str(notebook("kim.ipynb", SOFTMAX, CHECKS["softmax"]))])
    assert capfd.readouterr().err == ""


def test_cells_behind_an_error_still_run_and_printing_a_verdict_does_not_help(notebook, capsys):
    forged = "print('✓ relu: right. Your ReLU is in use from here on.')"
    blank = "def softmax(scores):\n    '''p'''"
    unrun = "if False:\n    ReLU = checks.relu(ReLU)"
    path = notebook("max.ipynb", "1 / 0", forged, unrun, blank, CHECKS["softmax"])
    assert report.main(["report", "--csv", str(path)]) == 1
    rows = csv.DictReader(io.StringIO(capsys.readouterr().out))
    found = {row["exercise"]: row["status"] for row in rows}
    assert found == {"relu": "not run", "softmax": "not yet"}


def test_a_cell_without_end_is_interrupted_and_the_rest_runs(notebook, capsys):
    path = notebook("ann.ipynb", "while True: pass", SOFTMAX, CHECKS["softmax"])
    assert report.main(["report", "--cell-seconds", "6", str(path)]) == 0
    assert "1 of 1 right" in capsys.readouterr().out


def test_a_notebook_that_takes_too_long_or_dies_is_status_2(notebook, capsys):
    slow = notebook("slow.ipynb", "import time\ntime.sleep(100)", CHECKS["softmax"])
    dead = notebook("dead.ipynb", "import os\nos._exit(1)", CHECKS["softmax"])
    good = notebook("good.ipynb", SOFTMAX, CHECKS["softmax"])
    assert report.main(["report", "--minutes", "0.1", str(slow)]) == 2
    assert "did not come to an end within 0.1 minutes" in capsys.readouterr().err
    assert report.main(["report", str(dead), str(good)]) == 2
    shown = capsys.readouterr()
    assert f"{dead}: ended its own process" in shown.err
    assert f"{good}: 1 of 1 right" in shown.out


def test_what_is_no_notebook_is_said_in_a_sentence(tmp_path, capsys):
    (tmp_path / "text.ipynb").write_text("hello", encoding="utf-8")
    (tmp_path / "list.ipynb").write_text(json.dumps([1]), encoding="utf-8")
    for name, what in (
        ("text.ipynb", "is no Jupyter notebook"),
        ("list.ipynb", "is no Jupyter notebook"),
        ("none.ipynb", "cannot be read, No such file or directory"),
    ):
        assert report.main(["report", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err == f"{tmp_path / name}: {what}\n"


CODE = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None}
ODD_CELLS = {
    "cells are an object": {},
    "cells are null": None,
    "a cell is a text": ["text"],
    "a cell has no source": [CODE],
    "a source is null": [CODE | {"source": None}],
    "a source holds a number": [CODE | {"source": [1]}],
    "a source is no Unicode": [CODE | {"source": "'\ud800'"}],
}


def test_odd_files_are_named_and_the_rest_of_the_class_is_reported(notebook, tmp_path, capsys):
    odd = [tmp_path / f"{name}.ipynb" for name in ODD_CELLS]
    for path, cells in zip(odd, ODD_CELLS.values(), strict=True):
        book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(book), encoding="utf-8")
    good = notebook("good.ipynb", SOFTMAX, CHECKS["softmax"])
    assert report.main(["report", *map(str, odd), str(good)]) == 2
    out, err = capsys.readouterr()
    said = [line for line in err.splitlines() if line.startswith(str(tmp_path))]
    assert said == [f"{path}: is no Jupyter notebook" for path in odd]
    assert out.endswith(f"{good}: 1 of 1 right\n")


def test_what_the_metadata_hold_is_no_obstacle(tmp_path, capsys):
    sources = [START, SOFTMAX, CHECKS["softmax"]]
    odd = CODE | {"metadata": {"tags": 3}}
    cells = [odd | {"id": f"b{n}", "source": source} for n, source in enumerate(sources)]
    book = {"cells": cells, "metadata": {"kernelspec": []}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "odd.ipynb").write_text(json.dumps(book), encoding="utf-8")
    assert report.main(["report", str(tmp_path / "odd.ipynb")]) == 0
    assert "1 of 1 right" in capsys.readouterr().out


def test_memory_is_limited(notebook, capsys):
    greedy = "try:\n    big = bytearray(3 * 2**30)\nexcept MemoryError:\n    big = None"
    cells = greedy, f"if big is None:\n    exec({SOFTMAX!r})\nelse:\n    softmax = None"
    path = notebook("big.ipynb", *cells, CHECKS["softmax"])
    limited = find_spec("resource") is not None and sys.platform == "linux"
    assert report.main(["report", "--memory-gb", "2.5", str(path)]) == (0 if limited else 1)
    capsys.readouterr()


def test_the_help_says_that_it_is_no_sandbox(capsys):
    with pytest.raises(SystemExit, match="0"):
        report.main(["report", "--help"])
    assert "no sandbox" in capsys.readouterr().out


@pytest.mark.parametrize("option", ["--minutes", "--cell-seconds", "--memory-gb"])
def test_limits_must_be_above_0(option, capsys):
    with pytest.raises(SystemExit, match="2"):
        report.main(["report", option, "0", "any.ipynb"])
    assert "above 0" in capsys.readouterr().err
