"""The planted faults fit the course, and what plants them can tell a catch from none."""

import ast
from collections import Counter

import pytest
import run
from execute import english_notebooks
from fault import CellFault, CodeFault
from plant import path_of, planted, prefix

CELLS = {
    *("wrong number", "wrong sign", "wrong picture", "dead callback"),
    *("unrun cell", "missing cell", "missing exception", "hidden warning"),
}
HARMLESS = CodeFault(
    *("harmless", "mlpkit/net.py", "for layer in self.layers:", "for layer in [*self.layers]:"),
    ("test_net.py",),
)
MORE_CODE = CellFault(
    *("wrong number", "lab-raw-05", "above", "", "print(1)"), before=("lab-setup-01",)
)


def faults(kind):
    """The faults of one of the two sorts."""
    return [fault for fault in run.FAULTS if isinstance(fault, kind)]


# --- The list


def test_every_fault_in_code_fits_and_leaves_python():
    for fault in faults(CodeFault):
        text = (run.execute.ROOT / fault.file).read_text(encoding="utf-8")
        ast.parse(fault.planted(text))


def test_every_fault_in_a_cell_fits_and_leaves_python():
    for fault in faults(CellFault):
        cells = prefix(planted(fault), fault).cells
        assert cells
        for cell in cells:
            ast.parse(cell.source)


def test_every_class_has_five_faults():
    of_notebooks = Counter(f.kind for f in run.notebook_faults.FAULTS)
    of_framework = Counter(f.kind for f in run.framework_faults.FAULTS)
    assert set(of_notebooks) == CELLS
    assert min(of_notebooks.values()) >= 5 and of_notebooks.total() >= 60
    assert min(of_framework.values()) >= 5 and of_framework.total() >= 40


def test_every_notebook_has_faults():
    assert {path_of(fault) for fault in faults(CellFault)} == set(english_notebooks())


def test_no_fault_is_there_twice():
    assert max(Counter(map(str, run.FAULTS)).values()) == 1


def test_a_fault_that_no_longer_fits_is_refused():
    with pytest.raises(ValueError, match="expected 'for layer in' exactly once, got 2 times"):
        HARMLESS._replace(old="for layer in").planted("for layer in x\nfor layer in y\n")
    with pytest.raises(ValueError, match="changes nothing"):
        planted(CellFault("unrun cell", "gd-setup-01", "stripped"))


# --- What counts as caught


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the course."""
    return run.Project(tmp_path_factory.mktemp("faults"))


def test_a_test_that_compares_catches(project):
    wrong = HARMLESS._replace(old="start=1):", new="start=0):")
    found = run.code_failures(project, wrong)
    assert [one.test.split("::")[0] for one in found] == ["test_net.py"]


@pytest.mark.parametrize("new", [HARMLESS.new, "for layer in :", "for layer in missing:"])
def test_neither_a_harmless_change_nor_broken_code_is_caught(project, new):
    before = (project.root / HARMLESS.file).read_bytes()
    assert run.code_failures(project, HARMLESS._replace(new=new)) == []
    assert (project.root / HARMLESS.file).read_bytes() == before


def test_strict_nbval_catches_a_changed_output(project):
    [found] = run.cell_failures(project, MORE_CODE)
    assert found.test == "MyFW_MNIST.ipynb::Cell 1"
    assert "Cell outputs differ" in found.text


def test_a_timeout_and_another_exception_than_an_assertion_catch_nothing():
    said = "Cell 3: Cell execution caused an exception\n\nTraceback:\n"
    fault = CellFault("wrong number", "gd-errors-02", "code")
    for last, counts in (
        ("AssertionError", True),
        ("NameError: name 'x' is not defined", False),
        ("SyntaxError: invalid syntax", False),
        ("Cell 3: Timeout of 120 seconds exceeded executing cell", False),
    ):
        assert run.differs(run.Failure("a.ipynb::Cell 3", "", said + last), fault) == counts


def test_a_rule_that_names_the_cell_catches(project):
    silent = MORE_CODE._replace(new="import warnings")
    assert "no_silenced_warnings" in run.cell_failures(project, silent)[0].message
