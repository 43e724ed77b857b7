"""Plant a fault in a copy of a notebook: each edit changes the notebook in place."""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import nbformat
from execute import english_notebooks, read
from fault import replaced
from nbformat.v4 import new_output

EDITS = {}


def edit(function):
    """Add `function`, which takes notebook, cell and fault, to the edits."""
    EDITS[function.__name__] = function
    return function


@edit
def code(notebook, cell, fault):
    """The code is another; what is saved below it stays."""
    cell.source = replaced(cell.source, fault.old, fault.new, cell.id)


@edit
def above(notebook, cell, fault):
    """More code comes first."""
    cell.source = f"{fault.new}\n{cell.source}"


@edit
def warned(notebook, cell, fault):
    """More code comes first and warns, and the warning is saved."""
    above(notebook, cell, fault)
    cell.outputs = [new_output("stream", name="stderr", text="UserWarning\n"), *cell.outputs]


@edit
def saved(notebook, cell, fault):
    """What is saved below the code is another text."""
    places = [(output, "text") for output in cell.outputs if "text" in output]
    places += [(o.data, "text/plain") for o in cell.outputs if "text/plain" in o.get("data", {})]
    [(place, key)] = [(place, key) for place, key in places if fault.old in place[key]]
    place[key] = replaced(place[key], fault.old, fault.new, cell.id)


@edit
def raises(notebook, cell, fault):
    """An exception is saved, as if the cell showed it on purpose, and does not come."""
    cell.metadata["tags"] = ["raises-exception"]
    cell.outputs = [new_output("error", ename=fault.new, evalue="", traceback=[])]


@edit
def unrun(notebook, cell, fault):
    """The cell was never executed: strict nbval compares nothing."""
    cell.execution_count, cell.outputs = None, []


@edit
def stripped(notebook, cell, fault):
    """The output is gone, the execution count is not."""
    cell.outputs = []


@edit
def unnumbered(notebook, cell, fault):
    """The execution count is gone, the output is not."""
    cell.execution_count = None


@edit
def missing(notebook, cell, fault):
    """The cell is gone, and the cells below it are counted as if it had never been."""
    notebook.cells.remove(cell)
    counted = [c for c in notebook.cells if c.cell_type == "code" and c.execution_count]
    for number, other in enumerate(counted, start=1):
        other.execution_count = number


@cache
def notebooks():
    """The English notebooks by the first word of their cells' ids: (path, notebook)."""
    found = [(path, read(path)) for path in english_notebooks()]
    return {notebook.cells[0].id.partition("-")[0]: (path, notebook) for path, notebook in found}


def path_of(fault):
    """The file of the notebook of a CellFault."""
    return notebooks()[fault.cell.partition("-")[0]][0]


def right(fault):
    """The notebook of a CellFault without the fault."""
    return notebooks()[fault.cell.partition("-")[0]][1]


def planted(fault):
    """A copy of the whole notebook of a CellFault, with the fault.

    Raises ValueError if the fault changes nothing or does not fit, StopIteration without its cell.
    """
    notebook = deepcopy(right(fault))
    cell = next(cell for cell in notebook.cells if cell.id == fault.cell)
    EDITS[fault.edit](notebook, cell, fault)
    if notebook == right(fault):
        raise ValueError(f"{fault}: changes nothing")
    return notebook


def prefix(notebook, fault):
    """The code cells of `notebook`, with or without the fault, that are needed to see it."""
    ids = [c.id for c in right(fault).cells if c.cell_type == "code"]
    at = ids.index(fault.cell)
    before = ids[:at] if fault.before is None else fault.before
    needed = {*before, *ids[at : at + fault.after + 1]}
    copy = nbformat.from_dict(notebook)
    copy.cells = [cell for cell in notebook.cells if cell.id in needed]
    return copy


def name_of(fault):
    """The name of the fault's notebook inside the project, such as notebooks/a.ipynb."""
    path = path_of(fault)
    return Path(path.parent.name, path.name).as_posix()


def plain(text):
    """The text without the terminal's color codes."""
    return re.sub(r"(\x1b|#x1B)\[[0-9;]*m", "", text)
