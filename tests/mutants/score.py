"""The mutation score of the framework: how many of all small changes to its files a test notices.

`make mutants` tries all of them, `make mutants MUTANTS=optim` those of one file. None is written
down: a mutant takes the place of its module in the memory of a process that then runs pytest,
first the tests of the file itself, and as long as all pass, the others that belong to it. A timeout
counts as noticed; a mutant that cannot be imported counts as none.
"""

import argparse
import importlib
import importlib.abc
import importlib.util
import io
import multiprocessing
import os
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from equivalent import EQUIVALENT
from mutate import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
# Of each file of the framework the tests that have to notice, as pytest is asked for them.
TESTS = {
    "losses": (["test_losses.py"], ["test_layers.py", "test_optim.py"]),
    "layers": (["test_layers.py"], ["test_net.py"]),
    "net": (["test_net.py"],),
    "optim": (["test_optim.py"],),
    "train": (["test_train.py"],),
    "gradcheck": (
        ["test_gradcheck.py", "-k", "not random and not central"],
        ["test_gradcheck.py", "-k", "random"],
    ),
}
# What a process imports before it becomes one of many: half of the time to start.
PRELOADED = ["numpy", "pytest", "hypothesis.extra.numpy", "sklearn.neural_network"]
# What comes of a run of tests. Any other end, such as a process that breaks down, judges nothing.
PASSED, NOTICED, TIMEOUT = 100, 101, "timeout"
METHODS = multiprocessing.get_all_start_methods()
METHOD = "forkserver" if "forkserver" in METHODS else "spawn"  # Windows cannot fork
VERDICTS = ("killed", "timeout", "survived", "equivalent", "unfit")
WANTED = 0.9
SECONDS = 120  # a multiple of what the unchanged framework needs


class Planted(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports a module from a changed source; who reads its file finds the unchanged one."""

    def __init__(self, module, path, text):
        self.module, self.path, self.text = module, path, text

    def find_spec(self, name, path=None, target=None):
        if name != self.module:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def exec_module(self, module):
        exec(compile(self.text, self.path, "exec"), module.__dict__)


class Hasty:
    """A plugin of pytest: a property that fails is not told by its simplest example."""

    def pytest_sessionstart(self):
        from hypothesis import Phase, settings

        hasty = settings(settings.get_profile("course"), phases=[Phase.explicit, Phase.generate])
        settings.register_profile("mutants", hasty)
        settings.load_profile("mutants")


def run_tests(name, text, test):
    """Run a file of tests on the framework with another source of its file `name`, and exit."""
    os.chdir(ROOT / "tests")
    sys.path.insert(0, str(ROOT))
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    sys.meta_path.insert(0, Planted(f"mlpkit.{name}", ROOT / "mlpkit" / f"{name}.py", text))
    import pytest

    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        importlib.import_module("mlpkit")  # a mutant that fails here is none
        options = ["-q", "-x", "--tb=no", "--assert=plain", "-p", "no:cacheprovider"]
        code = pytest.main([*options, *test], plugins=[Hasty()])
    judged = {0: PASSED, 1: NOTICED, 2: NOTICED}  # 2: the tests could not even be collected
    os._exit(judged.get(code, code))


def outcome(name, text, test):
    """How such a run ends: PASSED, NOTICED, TIMEOUT, or another exit status."""
    process = multiprocessing.get_context(METHOD).Process(target=run_tests, args=(name, text, test))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return TIMEOUT
    return process.exitcode


def verdict(name, mutant):
    """What comes of a mutant: one of VERDICTS."""
    if (name, mutant.new) in EQUIVALENT:
        return "equivalent"
    for test in TESTS[name]:
        code = outcome(name, mutant.text, test)
        if code != PASSED:
            return {NOTICED: "killed", TIMEOUT: "timeout"}.get(code, "unfit")
    return "survived"


def score(counts):
    """Noticed mutants, as a share of all that can be noticed."""
    noticed = counts["killed"] + counts["timeout"]
    return noticed / (noticed + counts["survived"])


def tried(name, jobs):
    """Count the verdicts on the mutants of one file of the framework, and print who survives.

    Raises RuntimeError if the tests do not even pass on the file as it is.
    """
    text, counts = (ROOT / "mlpkit" / f"{name}.py").read_text(encoding="utf-8"), Counter()
    if verdict(name, Mutant(0, "", "", text)) != "survived":
        raise RuntimeError(f"{name}.py: expected tests that pass, got {TESTS[name]}")
    with ThreadPoolExecutor(jobs) as pool:
        pairs = [(mutant, pool.submit(verdict, name, mutant)) for mutant in mutants(text)]
        for mutant, found in pairs:
            counts[found.result()] += 1
            if found.result() in ("survived", "timeout", "unfit"):
                print(f"{found.result()}: {name}.py:{mutant}", flush=True)
    return counts


def main():
    """Try the mutants of the files asked for; the exit status is 1 below the score of 90 %."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", default=[], help="files of the framework (all)")
    parser.add_argument("--jobs", type=int, default=2, help="how many side by side")
    asked = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8")  # Windows' own has no arrows
    if METHOD == "forkserver":
        multiprocessing.set_forkserver_preload(PRELOADED)
    table = {name: tried(name, asked.jobs) for name in asked.names or TESTS}
    print(
        f"| file | mutants | {' | '.join(VERDICTS)} | score |\n|---{'|---' * (2 + len(VERDICTS))}|"
    )
    for name, counts in [*table.items(), ("all", sum(table.values(), Counter()))]:
        columns = [name, counts.total(), *(counts[v] for v in VERDICTS), f"{score(counts):.1%}"]
        print(f"| {' | '.join(map(str, columns))} |")
    sys.exit(any(score(counts) < WANTED for counts in table.values()))


if __name__ == "__main__":
    main()
