"""A fault: a place in the course, and what is wrong there. Planting one gives the wrong text."""

from typing import NamedTuple


class CodeFault(NamedTuple):
    """In a file of mlpkit, `old` becomes `new`; one of `tests`, files in tests/, has to fail."""

    kind: str
    file: str
    old: str
    new: str
    tests: tuple

    def planted(self, text):
        """The text of the file with the fault.

        Raises ValueError unless `old` occurs in it exactly once.
        """
        return replaced(text, self.old, self.new, self.file)

    def __str__(self):
        return f"{self.kind}: {self.file}: {shown(self.old)} → {shown(self.new)}"


class CellFault(NamedTuple):
    """In one cell of a notebook, `old` becomes `new`, or `edit` does something else to the cell.

    `edit` is the name of a function in plant.py. `before` lists the cells that this one needs, if
    not all cells above; `after` is how many code cells below it are needed to see the fault.
    """

    kind: str
    cell: str
    edit: str
    old: str = ""
    new: str = ""
    before: tuple | None = None
    after: int = 0

    def __str__(self):
        change = f" {shown(self.old)} → {shown(self.new)}" if self.old or self.new else ""
        return f"{self.kind}: {self.cell}: {self.edit}{change}"


def in_code(kind, file, tests, *changes):
    """A CodeFault for each (old, new) in a file of mlpkit."""
    return [CodeFault(kind, f"mlpkit/{file}", old, new, tests) for old, new in changes]


def replaced(text, old, new, where):
    """The text with `old`, which occurs exactly once, replaced by another `new`."""
    if text.count(old) != 1 or old == new:
        raise ValueError(f"{where}: expected {old!r} exactly once, got {text.count(old)} times")
    return text.replace(old, new)


def shown(text):
    """A text in one short line."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= 60 else line[:59] + '…'}`"
