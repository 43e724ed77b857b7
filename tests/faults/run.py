"""Plant faults in copies of the course, one at a time: the tests have to fail on each.

`make faults` plants all of them, `make faults FAULTS=10` a sample that is drawn anew each time.
A fault is caught if a test compares, and finds another value than it claims; the same test has to
pass without the fault. An import that fails or a timeout catches nothing.
"""

import argparse
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import execute
import framework_faults
import lint
import notebook_faults
import plant
from fault import CodeFault

PARTS = ("mlpkit", "notebooks", "lab", "tests", "pyproject.toml", "README.md", "CONTRIBUTING.md")
FAULTS = [*notebook_faults.FAULTS, *framework_faults.FAULTS]
NBVAL = ("--nbval", "--nbval-current-env", "--nbval-cell-timeout=120")
CLEAN = "notebooks/without_the_fault.ipynb"
# A comparison of bytes is no judgment of what is right.
NOT_COUNTED = "not bytes and not same_bits"
TIMEOUT = 300  # seconds
# What a test says that has compared. A warning, and writing where nothing may be written, are
# errors in the tests on purpose.
COMPARED = re.compile("assert |AssertionError|Failed: DID NOT|RuntimeWarning|.*read-only")


class Failure(NamedTuple):
    """A test that failed, as pytest names it, what it said in short, and all it said."""

    test: str
    message: str
    text: str = ""


class Project:
    """A copy of the course in a folder of its own."""

    def __init__(self, folder):
        self.root = Path(folder, "course")
        self.root.mkdir()
        self.report = Path(folder, "report.xml")
        for part in PARTS:
            source, target = execute.ROOT / part, self.root / part
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)

    def failures(self, *options):
        """Run pytest on the copy; return the tests that failed, not those that could not run.

        Raises TimeoutExpired, and RuntimeError if pytest itself stops.
        """
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        command += [f"--junitxml={self.report}", *options]
        settings = {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        settings["PYTHONIOENCODING"] = "utf-8"
        settings["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # half of the time to start
        how = {"cwd": self.root, "env": os.environ | settings, "timeout": TIMEOUT, "check": False}
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **how)
        if done.returncode not in (0, 1, 2):
            raise RuntimeError(f"pytest stopped: {done.stdout[-500:]}{done.stderr[-500:]}")
        return list(failures_in(self.report))


def failures_in(report):
    """The failures in a report of pytest, in JUnit's format."""
    for case in ElementTree.parse(report).iter("testcase"):
        for failure in case.findall("failure"):
            where, file = case.get("classname", ""), "{}.py"
            if where.endswith(".ipynb"):
                where, file = where.removesuffix(".ipynb"), "{}.ipynb"
            file = file.format(where.rpartition(".")[2])
            message, text = plant.plain(failure.get("message", "")), plant.plain(failure.text or "")
            yield Failure(f"{file}::{case.get('name', '')}", message, text)


# --- Faults in code


def code_failures(project, fault):
    """The first failure that catches a fault of a file, found by the tests that belong to it."""
    path = project.root / fault.file
    right = path.read_text(encoding="utf-8")
    try:
        path.write_text(fault.planted(right), encoding="utf-8", newline="\n")
        runs = (
            project.failures("--maxfail=3", "-k", NOT_COUNTED, f"tests/{t}") for t in fault.tests
        )
        compared = (one for found in runs for one in found if COMPARED.match(one.message))
        found = next(compared, None)
    finally:
        path.write_text(right, encoding="utf-8", newline="\n")
    return [found] if found and not project.failures(f"tests/{found.test}") else []


# --- Faults in notebooks


def cell_failures(project, fault):
    """The failures that catch a fault of a cell: of the rules, or else of strict nbval."""
    name, path = plant.name_of(fault), plant.path_of(fault)
    wrong = plant.planted(fault)
    rules = lint.problems(wrong, path)
    if fault.kind != "missing cell":  # the rules cannot speak of a cell that is not there
        rules = [rule for rule in rules if rule.startswith(f"{fault.cell}:")]
    if rules:
        return [Failure(f"test_lint.py::test_notebook_keeps_every_rule[{path.stem}]", rules[0])]
    planted, clean = project.root / name, project.root / CLEAN
    try:
        execute.write(plant.prefix(wrong, fault), planted)
        execute.write(plant.prefix(plant.right(fault), fault), clean)
        found = project.failures("-p", "nbval.plugin", *NBVAL, name, CLEAN)
    finally:
        shutil.copy(path, planted)
        clean.unlink(missing_ok=True)
    if any(Path(CLEAN).stem in failure.test for failure in found):
        return []
    return [failure for failure in found if differs(failure, fault)]


def differs(failure, fault):
    """Whether strict nbval found another output, or an assertion of the lesson failed."""
    if re.search("Cell outputs differ|Unrun reference cell", failure.text):
        return True
    kinds = ("AssertionError", "NameError") if fault.kind == "missing cell" else ("AssertionError",)
    return failure.text.strip().splitlines()[-1].startswith(kinds)


# --- All of them


def caught(fault, projects):
    """Plant the fault in a project that is free; return the first failure that catches it."""
    project, begin = projects.get(), time.perf_counter()
    try:
        look = code_failures if isinstance(fault, CodeFault) else cell_failures
        found = look(project, fault)
    except subprocess.TimeoutExpired:
        found = []
    finally:
        projects.put(project)
    return (found[0] if found else None), time.perf_counter() - begin


def row(fault, failure, seconds):
    """A line of the table: fault, failing test, and the line in which it says what it found."""
    test, said = (failure.test, said_by(failure)) if failure else ("NOT CAUGHT", "")
    columns = str(fault), test, said, f"{seconds:.1f} s"
    return f"| {' | '.join(column.replace('|', '¦') for column in columns)} |"


def said_by(failure):
    """What a failure says, cut to a table's width; of outputs that differ, where they do."""
    lines = [line.strip() for line in failure.text.partition("Traceback:")[2].splitlines()]
    unlike = [line for line in lines if line[:2] in ("- ", "+ ")]
    unlike = unlike or [x for x in lines if re.match(r"-+>", x)][-1:] + [x for x in lines if x][-1:]
    return " ".join(" ".join(unlike or [failure.message]).split())[:160]


def main():
    """Plant all faults, or a sample; the exit status is 1 if one is not caught."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sample", type=int, help="how many to draw (all)")
    parser.add_argument("--seed", type=int, help="of the sample (drawn anew each time)")
    parser.add_argument("--jobs", type=int, default=2, help="how many side by side")
    parser.add_argument("--only", default="", help="only faults whose line contains this")
    asked = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # Windows' own has no arrows
    faults = [fault for fault in FAULTS if asked.only in str(fault)]
    if asked.sample:
        seed = random.SystemRandom().randrange(10**6) if asked.seed is None else asked.seed
        print(f"{asked.sample} of {len(faults)} faults, drawn with --seed {seed}")
        faults = random.Random(seed).sample(faults, min(asked.sample, len(faults)))
    missed = run(faults, asked.jobs)
    print(f"{len(faults) - len(missed)} of {len(faults)} faults caught")
    sys.exit(bool(missed))


def run(faults, jobs):
    """Plant the faults, print the table, and return those that no test catches."""
    missed, projects = [], queue.Queue()
    print("| fault | failing test | message | time |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="mlpkit-faults-", ignore_cleanup_errors=True) as folder:
        for number in range(jobs):
            home = Path(folder, str(number))
            home.mkdir()
            projects.put(Project(home))
        with ThreadPoolExecutor(jobs) as pool:
            results = pool.map(lambda fault: caught(fault, projects), faults)
            for fault, (failure, seconds) in zip(faults, results, strict=True):
                print(row(fault, failure, seconds), flush=True)
                missed += [] if failure else [fault]
    return missed


if __name__ == "__main__":
    main()
