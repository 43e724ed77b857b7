"""The teacher's report: run the notebooks of learners, and print what the checks say.

Each notebook runs in a process of its own, with limits of time and memory and an empty
my_framework.py. It is no sandbox: the code in the notebook has your rights on your computer.
"""

import argparse
import asyncio
import csv
import glob
import json
import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from ..i18n import speak_utf8
from . import VERDICTS, exercises
from .kernels import Manager

DESCRIPTION = """Run learners' notebooks and print the verdict on each exercise.
The exit status is 0 if all are right, 1 if some are not, 2 if a notebook could not be run.

This is no sandbox: a notebook's code runs with your rights, and can read and delete what you can.
Run the notebooks of people you do not know in a container, or in an account of their own.
Memory is limited where the system can do that (Linux, and partly macOS; not Windows)."""
MEMORY = """
import contextlib
with contextlib.suppress(ImportError, ValueError, OSError):
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({bytes}, {bytes}))
"""
CHECK = re.compile(r"\bchecks\.(\w+)\(")


class Line(NamedTuple):
    """A line of the report."""

    notebook: str
    exercise: str
    status: str  # right, wrong, not yet, or "not run"
    mistake: str


class CannotRun(Exception):
    """Why a notebook gave no verdicts."""


def main(arguments=None):
    """Print the report; return the exit status."""
    speak_utf8()
    options = parser().parse_args(arguments)
    lines, failed = [], False
    for path in expanded(options.notebooks):
        try:
            lines += judged(path, options)
        except CannotRun as error:
            print(f"{path}: {error}", file=sys.stderr)
            failed = True
    (write_csv if options.csv else write_table)(lines)
    if failed:
        return 2
    return 0 if all(line.status == "right" for line in lines) else 1


def expanded(paths):
    """The paths, with what * stands for in them: Windows leaves that to the program."""
    for path in paths:
        found = [] if path.exists() else sorted(glob.glob(str(path)))
        yield from map(Path, found or [path])


def parser():
    """What the command line may hold."""
    raw = argparse.RawDescriptionHelpFormatter
    program = argparse.ArgumentParser("python -m mlpkit.checks")
    commands = program.add_subparsers(required=True, metavar="report")
    report = commands.add_parser("report", description=DESCRIPTION, formatter_class=raw)
    report.add_argument("notebooks", nargs="+", type=Path, metavar="NOTEBOOK")
    report.add_argument("--csv", action="store_true", help="print CSV instead of a table")
    limits = (("cell-seconds", 120, "for a cell"), ("minutes", 15, "for a notebook"))
    for name, value, what in (*limits, ("memory-gb", 4, "of memory for a notebook")):
        text = f"limit {what} (default {value})"
        report.add_argument(f"--{name}", type=positive, default=value, metavar="N", help=text)
    return program


def positive(text):
    """The number in a text; an error of the command line if it is not above 0."""
    value = float(text)
    if not value > 0:
        raise argparse.ArgumentTypeError(f"expected a number above 0, got {text}")
    return value


def judged(path, options):
    """Return the report's lines for a notebook; raise CannotRun."""
    sources = read(path)
    called = [n for source in sources for n in CHECK.findall(source) if n in exercises()]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        found = run(sources, Path(home), path.resolve().parent, options)
    names = dict.fromkeys([*called, *found])
    if not names:
        raise CannotRun("calls no check")
    return [Line(str(path), name, *found.get(name, ("not run", ""))) for name in names]


def read(path):
    """The text of each code cell of the notebook in a file, or CannotRun."""
    try:
        cells = nbformat.read(path, as_version=4).cells
        if not isinstance(cells, list):
            raise TypeError("cells")
        sources = [cell.source for cell in cells if cell.cell_type == "code"]
        "".join(sources).encode("utf-8")  # raises what a kernel could not be sent
        return sources
    except OSError as error:
        raise CannotRun(f"cannot be read, {error.strerror}") from None
    except Exception:  # nbformat raises what its parser raised, and reads much that is no notebook
        raise CannotRun("is no Jupyter notebook") from None


def run(sources, home, folder, options):
    """Run all cells, also behind one that fails; return {exercise: (status, mistake)}."""
    memory = MEMORY.format(bytes=int(options.memory_gb * 2**30))
    verdicts = home / "verdicts.jsonl"
    client = NotebookClient(
        new_notebook(cells=[new_code_cell(source) for source in (memory, *sources)]),
        kernel_manager_class=Manager,
        timeout=options.cell_seconds,
        interrupt_on_timeout=True,
        allow_errors=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    environment = os.environ | {"MLPKIT_HOME": str(home), VERDICTS: str(verdicts)}
    end = time.monotonic() + 60 * options.minutes
    try:
        # On Windows this is not the usual loop, but the one that ZeroMQ asks for.
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            runner.run(limited(client, environment, options.minutes))
    except (TimeoutError, DeadKernelError):  # a kernel that is ended for its time is dead, too
        if time.monotonic() >= end:
            raise CannotRun(f"did not come to an end within {options.minutes:g} minutes") from None
        raise CannotRun("ended its own process; was it out of memory?") from None
    lines = verdicts.read_text(encoding="utf-8").splitlines() if verdicts.exists() else []
    found = map(json.loads, lines)
    return {one["exercise"]: (one["status"], one["mistake"] or "") for one in found}


async def limited(client, environment, minutes):
    """Execute with a limit of time for the whole notebook."""
    await asyncio.wait_for(client.async_execute(env=environment), 60 * minutes)


def write_csv(lines):
    """Print the lines as comma-separated values."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(Line._fields)
    writer.writerows(lines)


def write_table(lines):
    """Print the lines as a table, and how many exercises of each notebook are right."""
    rows = [Line(*Line._fields), *lines] if lines else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  ".join(map(str.ljust, row, widths)).rstrip())
    for notebook in dict.fromkeys(line.notebook for line in lines):
        of_it = [line.status for line in lines if line.notebook == notebook]
        print(f"{notebook}: {of_it.count('right')} of {len(of_it)} right")
