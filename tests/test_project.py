"""The repository keeps its own rules, and every rule is able to fail."""

import subprocess
import sys
from pathlib import Path

import project_rules as rules
import pytest

ROOT = Path(__file__).resolve().parents[1]
PLANTED = {"tests/notebooks/test_lint.py", "tests/test_project.py"}


def planted(root, name, text):
    """Write a file with a fault into an otherwise empty project."""
    path = Path(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# --- This repository


def test_the_framework_is_six_files():
    assert rules.wrong_framework_files(ROOT) == []


def test_the_framework_is_read_in_one_sitting():
    assert rules.framework_lines(ROOT) <= rules.FRAMEWORK_LINES


def test_the_framework_imports_numpy_and_the_standard_library_only():
    assert list(rules.foreign_imports(ROOT)) == []


def heavy_packages_after(code):
    """The packages, slow to load, that a fresh process has loaded after `code`."""
    heavy = {"matplotlib", "ipywidgets", "IPython", "sklearn", "scipy", "tqdm", "torch"}
    code = f"{code}; import sys; print(*sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_importing_the_framework_loads_no_heavy_package():
    assert heavy_packages_after("import mlpkit") == []


def test_laying_the_copies_loads_no_heavy_package():
    assert heavy_packages_after("import mlpkit.desk.copies") == []


def test_rooms_import_along_the_arrows():
    assert list(rules.wrong_arrows(ROOT)) == []


def test_every_room_has_its_arrows():
    assert rules.unknown_rooms(ROOT) == []


def test_pictures_are_made_without_pyplot():
    assert list(rules.pyplot_imports(ROOT)) == []


def test_readme_and_contributing_are_short():
    assert len(rules.text(ROOT / "README.md").splitlines()) <= 100
    assert len(rules.text(ROOT / "CONTRIBUTING.md").splitlines()) <= 60


def test_the_readme_opens_with_the_two_commands():
    first_block = rules.text(ROOT / "README.md").split("```")[1]
    assert [line.split("#")[0].split() for line in first_block.strip().splitlines()] == [
        ["make", "lab"],
        ["make", "test"],
    ]


def test_every_make_target_says_what_it_does():
    assert rules.undescribed_targets(ROOT) == []


def test_every_make_command_that_is_named_exists():
    assert list(rules.unknown_commands(ROOT)) == []


def test_the_three_lists_of_requirements_agree():
    lists = rules.requirement_lists(ROOT)
    assert lists["pip"] == lists["pyproject.toml"]
    assert lists["conda"] == lists["pyproject.toml"]


def test_links_lead_somewhere():
    assert list(rules.broken_links(ROOT)) == []


def test_no_path_of_one_machine():
    found = [line for line in rules.absolute_paths(ROOT) if line.split(":")[0] not in PLANTED]
    assert found == []


def test_every_text_file_is_opened_with_its_encoding():
    assert list(rules.unnamed_encodings(ROOT)) == []


def test_no_test_is_left_out():
    found = [line for line in rules.left_out_tests(ROOT) if line.split(":")[0] not in PLANTED]
    assert found == []


# --- Planted faults


@pytest.mark.parametrize("name", ["gpu", "trainer"])
def test_a_seventh_file_of_the_framework_is_found(tmp_path, name):
    for file in [*rules.FRAMEWORK, "__init__", name]:
        planted(tmp_path, f"mlpkit/{file}.py", "")
    assert rules.wrong_framework_files(tmp_path) == [name]


def test_a_missing_file_of_the_framework_is_found(tmp_path):
    for file in [*rules.FRAMEWORK[1:], "__init__"]:
        planted(tmp_path, f"mlpkit/{file}.py", "")
    assert rules.wrong_framework_files(tmp_path) == [rules.FRAMEWORK[0]]


def test_long_files_of_the_framework_are_counted(tmp_path):
    for file in rules.FRAMEWORK:
        planted(tmp_path, f"mlpkit/{file}.py", "\n" * 80)
    assert rules.framework_lines(tmp_path) == 480


def test_a_heavy_package_is_found():
    assert heavy_packages_after("import mlpkit, tqdm") == ["tqdm"]


@pytest.mark.parametrize(
    "line",
    ["import scipy", "from sklearn import svm", "from .plots import lines", "from . import data"],
)
def test_a_foreign_import_of_the_framework_is_found(tmp_path, line):
    planted(tmp_path, "mlpkit/net.py", f"def late():\n    {line}\n")
    assert len(list(rules.foreign_imports(tmp_path))) == 1


@pytest.mark.parametrize("line", ["import numpy as np", "import math", "from .layers import Tanh"])
def test_a_right_import_of_the_framework_passes(tmp_path, line):
    planted(tmp_path, "mlpkit/net.py", f"{line}\n")
    assert list(rules.foreign_imports(tmp_path)) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("data/mnist.py", "from ..net import Net"),
        ("data/mnist.py", "from mlpkit import Net"),
        ("data/mnist.py", "import mlpkit"),
        ("plots/charts.py", "from mlpkit.widgets import progress"),
        ("plots/charts.py", "from .. import checks"),
        ("checks/lab.py", "import mlpkit.plots"),
        ("net.py", "from .data import mnist"),
    ],
)
def test_an_import_against_the_arrows_is_found(tmp_path, name, line):
    planted(tmp_path, f"mlpkit/{name}", f"{line}\n")
    assert len(list(rules.wrong_arrows(tmp_path))) == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("plots/charts.py", "from .picture import Picture"),
        ("plots/charts.py", "from ..net import Net"),
        ("widgets/loss.py", "from mlpkit.plots import lines"),
        ("checks/lab.py", "from mlpkit import Net"),
    ],
)
def test_an_import_along_the_arrows_passes(tmp_path, name, line):
    planted(tmp_path, f"mlpkit/{name}", f"{line}\n")
    assert list(rules.wrong_arrows(tmp_path)) == []


def test_a_room_without_arrows_is_found(tmp_path):
    planted(tmp_path, "mlpkit/extras/__init__.py", "")
    assert rules.unknown_rooms(tmp_path) == ["extras"]


@pytest.mark.parametrize(
    "line", ["import matplotlib.pyplot as plt", "from matplotlib import pyplot"]
)
def test_pyplot_is_found(tmp_path, line):
    planted(tmp_path, "mlpkit/plots/charts.py", f"{line}\n")
    assert len(list(rules.pyplot_imports(tmp_path))) == 1


def test_a_target_without_a_sentence_is_found(tmp_path):
    planted(tmp_path, "Makefile", ".PHONY: lab test\nlab: ## open\ntest:\n")
    assert rules.undescribed_targets(tmp_path) == ["test"]


def test_an_unknown_command_is_found(tmp_path):
    planted(tmp_path, "Makefile", "test: ## run\n")
    planted(tmp_path, "README.md", "```\nmake lab\n```\n`make test`\n")
    planted(tmp_path, "CONTRIBUTING.md", "Run `make tests`.\n")
    planted(tmp_path, ".ci/run", "run make test-torch\n")
    planted(tmp_path, ".github/workflows/ci.yml", "- run: make tset PYTHON=python\n")
    assert list(rules.unknown_commands(tmp_path)) == [
        "README.md: make lab",
        "CONTRIBUTING.md: make tests",
        ".ci/run: make test-torch",
        ".github/workflows/ci.yml: make tset",
    ]


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt", "environment.yml"])
def test_a_requirement_in_one_list_only_is_found(tmp_path, name):
    for file in ("pyproject.toml", "requirements.txt", "environment.yml"):
        text = rules.text(ROOT / file)
        planted(tmp_path, file, text.replace("numpy>=2.0", "numpy>=2.1") if file == name else text)
    lists = list(rules.requirement_lists(tmp_path).values())
    assert not lists[0] == lists[1] == lists[2]


def test_a_broken_link_is_found(tmp_path):
    planted(tmp_path, "README.md", "[a](CONTRIBUTING.md) [b](https://example.org) [c](#c)\n")
    assert list(rules.broken_links(tmp_path)) == ["README.md: CONTRIBUTING.md"]


def test_a_path_of_one_machine_is_found(tmp_path):
    planted(tmp_path, "mlpkit/data/mnist.py", "PATH = '/home/me/mnist.npz'\n")
    assert list(rules.absolute_paths(tmp_path)) == ["mlpkit/data/mnist.py: /home/me"]


@pytest.mark.parametrize(
    "call", ["open('a')", "open('a', 'w')", "p.read_text()", "p.write_text(t)"]
)
def test_a_text_file_without_its_encoding_is_found(tmp_path, call):
    planted(tmp_path, "mlpkit/train.py", f"{call}\n")
    assert list(rules.unnamed_encodings(tmp_path)) == ["mlpkit/train.py:1"]


@pytest.mark.parametrize(
    "call", ["open('a', 'rb')", "open('a', encoding='utf-8')", "page.open('a')"]
)
def test_a_binary_file_needs_no_encoding(tmp_path, call):
    planted(tmp_path, "mlpkit/train.py", f"{call}\n")
    assert list(rules.unnamed_encodings(tmp_path)) == []


@pytest.mark.parametrize("line", ["@pytest.mark.skip", "pytest.importorskip('torch')"])
def test_a_test_that_is_left_out_is_found(tmp_path, line):
    planted(tmp_path, "tests/test_net.py", f"{line}\n")
    assert len(list(rules.left_out_tests(tmp_path))) == 1
