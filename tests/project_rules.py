"""How the repository is laid out, as rules that take its folder and list what breaks them."""

import ast
import re
import sys
import tomllib
from pathlib import Path

FRAMEWORK = ["losses", "layers", "net", "optim", "train", "gradcheck"]
FRAMEWORK_LINES = 450

# Room -> the rooms that it may import: the arrows of mlpkit/README.md.
ARROWS = {
    "framework": set(),
    "data": set(),
    "i18n": set(),
    "quizzes": {"i18n"},
    "plots": {"framework", "i18n"},
    "files": {"framework"},
    "checks": {"framework", "data", "files", "i18n"},
    "widgets": {"framework", "data", "plots", "i18n"},
    "interop": {"framework", "files"},
    "desk": {"files", "i18n"},
}
CACHES = {".git", ".venv", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage", ".DS_Store"}
NOT_OURS = CACHES | {"build", "dist", "my_course"}
TEXTS = {".py", ".md", ".toml", ".txt", ".yml", ".ipynb", ".cfg", ""}


def files(root, *suffixes):
    """The files of the project with these suffixes, without caches and virtual environments."""
    for path in sorted(Path(root).rglob("*")):
        parts = path.relative_to(root).parts
        ours = not NOT_OURS.intersection(parts) and not parts[0].endswith(".egg-info")
        if ours and path.suffix in suffixes and path.is_file():
            yield path


def text(path):
    """The text of a file."""
    return path.read_text(encoding="utf-8")


def named(root, path):
    """How a path is called in a problem."""
    return path.relative_to(root).as_posix()


# --- Architecture


def wrong_framework_files(root):
    """The framework is six files, and __init__.py names what is public."""
    expected = {*FRAMEWORK, "__init__"}
    found = {path.stem for path in Path(root, "mlpkit").glob("*.py")}
    return sorted(found ^ expected)


def framework_lines(root):
    """The physical lines of the six files together."""
    return sum(len(text(Path(root, "mlpkit", f"{name}.py")).splitlines()) for name in FRAMEWORK)


def imported(root, path):
    """The full names of the modules that the file `path` imports, anywhere in it."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(text(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *filter(None, [node.module])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def foreign_imports(root):
    """What the framework imports besides NumPy, the standard library and its own files."""
    known = {"numpy", *sys.stdlib_module_names}
    own = {f"mlpkit.{name}" for name in FRAMEWORK}
    for path in Path(root, "mlpkit").glob("*.py"):
        for name in imported(root, path):
            sibling = any(name == module or name.startswith(f"{module}.") for module in own)
            if name.split(".")[0] not in known and not sibling:
                yield f"{named(root, path)} imports {name}"


def room_of(name):
    """The room that the module `name` of mlpkit stands in."""
    room = [*name.split("."), ""][1]
    return room if room in ARROWS else "framework"


def wrong_arrows(root):
    """Imports between rooms that have no arrow."""
    for path in files(Path(root, "mlpkit"), ".py"):
        parts = path.relative_to(Path(root, "mlpkit")).parts
        room = parts[0] if len(parts) > 1 else "framework"
        for name in imported(root, path):
            used = room_of(name)
            if name.split(".")[0] == "mlpkit" and used not in ARROWS.get(room, set()) | {room}:
                yield f"{named(root, path)} imports {name}: no arrow from {room} to {used}"


def unknown_rooms(root):
    """Folders of the package that have no arrows yet."""
    folders = {path.parent for path in Path(root, "mlpkit").glob("*/__init__.py")}
    return sorted(folder.name for folder in folders if folder.name not in ARROWS)


def pyplot_imports(root):
    """Pictures are made without pyplot, whose global state shows and keeps figures unasked."""
    for path in files(Path(root, "mlpkit"), ".py"):
        for name in imported(root, path):
            if name.startswith("matplotlib.pyplot"):
                yield f"{named(root, path)} imports {name}"


# --- Files for people


def make_targets(root):
    """The targets that `make` prints."""
    return set(re.findall(r"(?m)^([a-z0-9-]+):.*## ", text(Path(root, "Makefile"))))


def undescribed_targets(root):
    """Targets of the Makefile without a sentence."""
    phony = re.search(r"(?m)^\.PHONY: (.*)$", text(Path(root, "Makefile"))).group(1)
    return sorted(set(phony.split()) ^ make_targets(root))


def unknown_commands(root):
    """`make` commands in the papers and in CI that the Makefile does not know."""
    targets = make_targets(root)
    for name in ("README.md", "CONTRIBUTING.md", ".ci/run", ".github/workflows/ci.yml"):
        lines = text(Path(root, name))
        for target in re.findall(r"(?m)(?:`|^|run:? )make ([a-z0-9-]+)", lines):
            if target not in targets:
                yield f"{name}: make {target}"


def requirement_lists(root):
    """The three lists of what to install, as sets of lines such as numpy>=2.0."""
    project = tomllib.loads(text(Path(root, "pyproject.toml")))["project"]
    of_project = {*project["dependencies"], *project["optional-dependencies"]["test"]}
    of_pip = {line for line in text(Path(root, "requirements.txt")).splitlines() if line[0] != "#"}
    items = re.findall(r"(?m)^  - ([^\s:]+)$", text(Path(root, "environment.yml")).split("dep")[1])
    here = {"-e ."} if "\n      - -e .\n" in text(Path(root, "environment.yml")) else set()
    of_conda = ({*items} | here) - {"pip", f"python{project['requires-python']}"}
    return {"pyproject.toml": of_project | {"-e ."}, "pip": of_pip, "conda": of_conda}


def broken_links(root):
    """Relative links of the Markdown files that lead nowhere."""
    for path in files(root, ".md"):
        prose = re.sub(r"(?s)```.*?```", "", text(path))
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
            if not re.match(r"[a-z]+:", target) and not (path.parent / target).exists():
                yield f"{named(root, path)}: {target}"


# --- Every machine


def absolute_paths(root):
    """Paths of one machine."""
    for path in files(root, *TEXTS):
        for match in re.finditer(r"(?<![\w.])/(home|Users|root|work|tmp)/\w+", text(path)):
            yield f"{named(root, path)}: {match.group()}"


def unnamed_encodings(root):
    """Text files opened in whatever encoding the machine prefers."""
    for path in files(root, ".py"):
        for node in ast.walk(ast.parse(text(path))):
            if isinstance(node, ast.Call) and opens_text(node):
                yield f"{named(root, path)}:{node.lineno}"


def opens_text(call):
    """Whether the call opens a text file without naming the encoding."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    plain_open = name == "open" and isinstance(call.func, ast.Name)
    if not plain_open and name not in ("read_text", "write_text"):
        return False
    binary = plain_open and any(
        isinstance(a, ast.Constant) and "b" in str(a.value) for a in call.args[1:]
    )
    return not binary and "encoding" not in {keyword.arg for keyword in call.keywords}


def left_out_tests(root):
    """Tests that do not run: a claim nobody checks."""
    mark = re.compile(r"(?:mark|pytest)\.(?:skip|skipif|xfail|importorskip)\b")
    for path in files(Path(root, "tests"), ".py"):
        for match in mark.finditer(text(path)):
            yield f"{named(root, path)}: {match.group()}"
