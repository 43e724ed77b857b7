"""Executing a notebook saves the same text every time, from anywhere, without touching a home."""

import os
import subprocess
import sys
from pathlib import Path

import execute
import pytest
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

FACTS = "import os, pathlib, sys\n"


def notebook(*sources):
    """A notebook of code cells with ids own-cell-01 and so on."""
    cells = [new_code_cell(text, id=f"own-cell-{n:02}") for n, text in enumerate(sources, start=1)]
    return new_notebook(cells=[new_markdown_cell("# Write", id="own-title-01"), *cells])


def texts(notebook):
    """What each code cell printed."""
    return ["".join(o.get("text", "") for o in c.outputs) for c in notebook.cells[1:]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The bytes of two runs of `make notebooks` over one notebook with an IntSlider."""
    path = tmp_path_factory.mktemp("saved") / "lesson.ipynb"
    source = notebook(
        "import ipywidgets\nprint('a', flush=True)\nprint('η')", "ipywidgets.IntSlider()"
    )
    source.cells[1].metadata = {"tags": ["kept"], "scrolled": True, "execution": {"iopub": "now"}}
    source.metadata = {"widgets": {}, "language_info": {"name": "python", "version": "3.11.7"}}
    execute.write(source, path)
    runs = []
    for _ in range(2):
        command = [sys.executable, execute.__file__, str(path)]
        subprocess.run(command, check=True, cwd=path.parent, capture_output=True)
        runs.append(path.read_bytes())
    return runs


def test_a_second_run_writes_the_same_bytes(saved):
    assert saved[0] == saved[1]


def test_saved_notebooks_end_lines_alike_on_every_system(saved):
    assert b"\r" not in saved[0]
    assert saved[0].endswith(b"}\n")


def test_saved_notebooks_name_no_python_version_and_no_widget(saved):
    assert b'"version": "3' not in saved[0]
    assert b"widget-view" not in saved[0]
    assert b'"widgets"' not in saved[0]
    assert b"IntSlider(value=0)" in saved[0]


def test_saved_cells_keep_tags_and_lose_times(saved):
    assert b'"kept"' in saved[0]
    assert b"iopub" not in saved[0] and b"scrolled" not in saved[0]


def test_pieces_of_one_stream_are_joined():
    pieces = [
        new_output("stream", name="stdout", text="a\n"),
        new_output("stream", name="stdout", text="b\n"),
        new_output("stream", name="stderr", text="c\n"),
        new_output("stream", name="stdout", text="d\n"),
    ]
    joined = execute.joined_streams(pieces)
    assert [piece.text for piece in joined] == ["a\nb\n", "c\n", "d\n"]


def test_a_widget_with_words_keeps_them_and_without_words_goes():
    view = {execute.WIDGET_VIEW: {"model_id": "a"}}
    with_words = new_output("display_data", view | {"text/plain": "three points"})
    kept = execute.without_widget_views([with_words, new_output("display_data", dict(view))])
    assert [output.data for output in kept] == [{"text/plain": "three points"}]


def test_a_run_uses_this_python_in_an_empty_folder_and_the_given_home(tmp_path, monkeypatch):
    trap = tmp_path / "kernels" / "python3"
    trap.mkdir(parents=True)
    kernel = '{"argv": ["no-such-python"], "language": "python"}'
    (trap / "kernel.json").write_text(kernel, encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    home = tmp_path / "home"
    seen = notebook(
        FACTS + "print(sys.executable)",
        "print(os.environ['MLPKIT_HOME'])",
        "print(list(pathlib.Path().iterdir()))",
    )
    assert texts(execute.run(seen, home)) == [f"{sys.executable}\n", f"{home}\n", "[]\n"]


def test_a_failing_cell_is_named_and_nothing_is_saved(tmp_path):
    path = tmp_path / "lesson.ipynb"
    execute.write(notebook("1 / 0"), path)
    before = path.read_bytes()
    command = [sys.executable, execute.__file__, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode != 0
    assert "ZeroDivisionError" in result.stderr and "lesson.ipynb: not saved" in result.stderr
    assert path.read_bytes() == before


def test_a_failing_cell_raises(tmp_path):
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute.run(notebook("1 / 0"), tmp_path)


def test_solutions_go_into_the_cells_they_are_named_after(tmp_path):
    (tmp_path / "own-cell-02.py").write_text("answer = 42\n", encoding="utf-8")
    blank = notebook("answer = None", "answer = None")
    filled = execute.solved(blank, tmp_path)
    assert [c.source for c in filled.cells[1:]] == ["answer = None", "answer = 42"]
    assert blank.cells[2].source == "answer = None"


def test_the_test_run_has_a_home_of_its_own():
    home = Path(os.environ["MLPKIT_HOME"])
    assert home.is_dir()
    assert execute.ROOT not in home.parents


# What `make test` relies on: how strict nbval compares, in which Python, with which home.

NBVAL = ["--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "-p", "no:cacheprovider"]


def nbval(path):
    """The exit status and the output of strict nbval over the notebook `path`."""
    command = [sys.executable, "-m", "pytest", "-q", *NBVAL, str(path)]
    how = {"cwd": path.parent, "env": os.environ | {"PYTHONIOENCODING": "utf-8"}}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **how)


def test_nbval_runs_this_python_and_notices_a_changed_number(tmp_path):
    path = tmp_path / "lesson.ipynb"
    source = notebook(FACTS + f"assert sys.executable == {sys.executable!r}", "print(0.25)")
    execute.write(execute.normalize(execute.run(source, tmp_path)), path)
    assert nbval(path).returncode == 0

    source.cells[2].outputs[0].text = "0.26\n"
    execute.write(source, path)
    changed = nbval(path)
    assert changed.returncode == 1
    assert "0.26" in changed.stdout
