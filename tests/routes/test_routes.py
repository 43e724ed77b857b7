"""The ways in that README.md names, as a newcomer goes them: empty home, folder with an odd name.

`make test-routes` runs this file (Linux, macOS). It installs the course twice, for which it needs
the network or pip's cache; all that comes after has to do without.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSON = "my_course/notebooks/GradientDescent.ipynb"
OURS = re.compile(r"MLPKIT|JUPYTER|JPY_|IPYTHON|MPL|PYTHON|VIRTUAL_ENV|XDG_|MAKE|MFLAGS")
LAID = "Your own copies of the lessons lie in my_course; work there."
DEAD = "http://127.0.0.1:9"
NO_NETWORK = """
import socket
connect = socket.socket.connect

def refuse(self, address):
    if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError(f"a network was asked for: {address}")
    return connect(self, address)

socket.socket.connect = refuse
"""


def newcomer(home):
    """The environment of someone whose home is empty, and who has set nothing."""
    kept = {name: value for name, value in os.environ.items() if not OURS.match(name)}
    return kept | {"HOME": str(home), "PYTHONNOUSERSITE": "1"}


def offline(home):
    """The same without a network: for pip, for proxies, and for every Python that is started."""
    walls = home / "walls"
    walls.mkdir(exist_ok=True)
    (walls / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8", newline="\n")
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY", "ALL_PROXY"), DEAD)
    walled = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PYTHONPATH": str(walls)}
    return newcomer(home) | proxies | walled


def copy_course(folder):
    """Copy what git would give: no environment, no cache, nothing that a learner wrote."""
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others"]
    names = subprocess.run([*command, "--exclude-standard"], capture_output=True, check=True)
    for name in filter(None, names.stdout.decode("utf-8").split("\0")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)


def run(command, folder, environment):
    """Run a command to its end; return what it printed, or fail with it."""
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    done = subprocess.run(command, cwd=folder, env=environment, timeout=900, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def readme_lines(system):
    """The commands that README.md gives a system for opening the course."""
    row = next(line for line in text_of("README.md") if line.startswith(f"| {system}"))
    return re.findall(r"`([^`]+)`", row.split("|")[2])


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


class Way:
    """A course that was installed by one of the ways: `folder`, `home`, `said` at the first start,
    and `start`, the command that opens it and takes options of JupyterLab."""

    def __init__(self, place, name):
        self.folder, self.home = place / name, place / "home"
        self.home.mkdir()
        copy_course(self.folder)
        self.python = self.folder / ".venv" / "bin" / "python"

    def first(self, *commands):
        for command in commands:
            self.said = run(command, self.folder, newcomer(self.home))
        return self


def make_lab(options):
    return ["make", f"PYTHON={sys.executable}", "lab", f"LAB_OPTIONS={options}"]


@pytest.fixture(scope="module")
def by_make(tmp_path_factory):
    return Way(tmp_path_factory.mktemp("make"), "Mein Kurs ü").first(make_lab("--version"))


@pytest.fixture(scope="module")
def by_pip(tmp_path_factory):
    make_venv, install, start = map(str.split, readme_lines("Linux"))
    assert make_venv[0] == "python3"
    commands = [sys.executable, *make_venv[1:]], install, [*start, "--version"]
    return Way(tmp_path_factory.mktemp("pip"), "course").first(*commands)


@pytest.fixture(params=["by_make", "by_pip"])
def way(request):
    return request.getfixturevalue(request.param)


def test_the_first_start_installs_lays_the_copies_and_starts_jupyterlab(way):
    assert LAID in way.said
    assert re.search(r"(?m)^4\.\d+\.\d+$", way.said)
    assert (way.folder / LESSON).is_file()


def test_a_second_make_lab_installs_nothing_and_needs_no_network(by_make):
    said = run(make_lab("--version"), by_make.folder, offline(by_make.home))
    assert "pip" not in said and LAID not in said
    assert re.search(r"(?m)^4\.\d+\.\d+$", said)


def test_a_lesson_runs_without_network_from_any_working_directory(way):
    command = [way.python, "-m", "jupyter", "execute", "--timeout=120", way.folder / LESSON]
    run(command, way.home, offline(way.home))


def test_without_network_nothing_else_is_reached(way):
    code = "import urllib.request as r; r.urlopen('https://pypi.org', timeout=5)"
    done = subprocess.run([way.python, "-c", code], env=offline(way.home), capture_output=True)
    assert done.returncode != 0


def test_jupyterlab_serves_the_copy_without_network(way):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = f"--no-browser --allow-root --IdentityProvider.token= --ServerApp.port={port}".split()
    command = [way.python, "-m", "mlpkit.desk", *options]
    with open(way.home / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=way.home, env=offline(way.home), stdout=log, stderr=log
        )
    try:
        book = answer(f"http://127.0.0.1:{port}/api/contents/{LESSON}", server)
    finally:
        server.terminate()
        server.wait(timeout=30)
    assert json.loads(book)["content"]["cells"]


def answer(url, server):
    """What a server that is just starting answers."""
    for _ in range(300):
        try:
            return urllib.request.urlopen(url, timeout=5).read()
        except OSError:
            assert server.poll() is None, "JupyterLab did not start"
            time.sleep(0.2)
    raise TimeoutError(f"no answer from {url}")


def test_what_a_learner_writes_lies_in_the_courses_folder(way):
    code = "from mlpkit.checks import store; print(store.folder())"
    said = run([way.python, "-c", code], way.home, offline(way.home))
    assert Path(said.strip()) == way.folder.resolve()
