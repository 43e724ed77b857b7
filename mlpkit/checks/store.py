"""my_framework.py: what the learner got right, as a module that stands by itself.

It has three parts: the imports; helpers and constants that several answers may share; and one
marked block for each answer, in the order of the lessons. Answers that are not the learner's yet
are imported from mlpkit.
"""

import ast
import builtins
import linecache
import os
import re
import symtable
import sys
import types
from pathlib import Path
from zlib import crc32

import numpy as np

from ..files import replacing
from ..i18n import N_, _
from ..i18n.errors import told
from .judge import EXERCISES
from .source import functions, lines_of, parsed, text_of

NAME = "my_framework.py"
TITLE = '"""My own neural-network framework, written and checked in the course mlpkit."""\n'
HELPERS = "# --- helpers ---\n"
MARK = "# --- {} ---\n"
MARKED = re.compile(r"(?m)^# --- (\w+) ---\n")
BINDS = {e.binds: e for e in EXERCISES.values()}
SIMPLE = (int, float, complex, str, bytes, bool, type(None))


class CannotSave(Exception):
    """Why an answer cannot be kept; the text goes on the learner's card."""


def folder():
    """Where the file is kept: MLPKIT_HOME, the course's root folder, or the home folder."""
    if home := os.environ.get("MLPKIT_HOME"):
        return Path(home)
    root = Path(__file__).resolve().parents[2]
    return root if (root / "pyproject.toml").is_file() else Path.home()


def path():
    """The learner's file."""
    return folder() / NAME


# --- Reading


class Content:
    """The parts of my_framework.py, as text."""

    def __init__(self, text=""):
        head, *rest = MARKED.split(text)
        parts = dict(zip(rest[::2], (part.strip("\n") + "\n" for part in rest[1::2]), strict=True))
        self.helpers = statements(parts.pop("helpers", ""))
        self.imports = imports(head)
        self.blocks = {name: part for name, part in parts.items() if parses(part)}

    def text(self):
        """Put the parts together, leaving out imports and helpers that nothing needs."""
        order = [name for name in EXERCISES if name in self.blocks]
        defined = {EXERCISES[name].binds for name in order}
        helpers = needed(self.helpers, [self.blocks[name] for name in order], defined)
        bodies = [*helpers.values(), *(self.blocks[name] for name in order)]
        used = set().union(*map(free_names, bodies)) - defined - helpers.keys()
        text = TITLE + "\n" + arranged(self.imports, used)
        if helpers:
            text += "\n" + HELPERS + joined(helpers.values())
        for name in order:
            text += "\n\n" + MARK.format(name) + self.blocks[name]
        return text


def parses(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def statements(text):
    """The top statements of a text, by the name they bind, with the comments left out."""
    if not parses(text):
        return {}
    found = {}
    for node in ast.parse(text).body:
        for name in bound(node):
            found[name] = segment(text, node)
    return found


def imports(text):
    """The imports of a text, by the name they bind, each on a line of its own."""
    found = {}
    for node in ast.parse(text).body if parses(text) else []:
        for alias in getattr(node, "names", []):
            source = "import" if isinstance(node, ast.Import) else f"from {node.module} import"
            one = f" as {alias.asname}" if alias.asname else ""
            found[alias.asname or alias.name] = f"{source} {alias.name}{one}\n"
    return found


def segment(text, node):
    """The lines of one statement, with its decorators."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return "".join(text.splitlines(keepends=True)[first - 1 : node.end_lineno]).rstrip() + "\n"


def bound(node):
    """The names that a statement binds."""
    if isinstance(node, ast.Assign):
        return [t.id for t in node.targets if isinstance(t, ast.Name)]
    return [node.name] if hasattr(node, "name") else []


def free_names(text):
    """The global names that a piece of code uses and does not define."""
    table = symtable.symtable(text, "answer", "exec")
    own = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    own |= {child.get_name() for child in table.get_children()}
    return {name for name in uses(table) if name not in own and not is_given(name)}


def is_given(name):
    """Whether Python itself sets this name in each module, or holds it ready under __x__."""
    return name.startswith("__") and hasattr(builtins, name)


def uses(table):
    """All global names used in a scope and the scopes inside it."""
    top = table.get_type() == "module"
    for symbol in table.get_symbols():
        if symbol.is_global() or (top and symbol.is_referenced()):
            yield symbol.get_name()
    for child in table.get_children():
        yield from uses(child)


def needed(helpers, blocks, defined):
    """The helpers that the blocks need, directly or not: values, then each after those it needs."""
    found = {}

    def visit(text, above=()):
        for name in sorted(free_names(text)):
            if name in helpers and name not in defined and name not in {*found, *above}:
                visit(helpers[name], (*above, name))
                found[name] = helpers[name]

    for block in blocks:
        visit(block)
    return dict(sorted(found.items(), key=lambda item: not is_constant(item[1])))


def is_constant(text):
    """Whether a helper is a plain value, which needs no other helper."""
    return isinstance(ast.parse(text).body[0], ast.Assign)


# --- Writing


def arranged(imports, used):
    """The import lines that are used: Python's own, then libraries, then mlpkit."""
    groups = [], [], []
    for name, line in imports.items():
        root = line.split()[1].split(".")[0]
        if name in used:
            groups[1 + (root == "mlpkit") - (root in sys.stdlib_module_names)].append(line)
    return "\n".join("".join(merged(sorted(lines))) for lines in groups if lines)


def merged(lines):
    """The import lines of one group in their order, with the names of one module joined."""
    names, rest = {}, []
    for line in lines:
        if match := re.fullmatch(r"from ([\w.]+) import (\w+)\n", line):
            names.setdefault(match[1], []).append(match[2])
        else:
            rest.append(line)
    rest += [f"from {module} import {', '.join(found)}\n" for module, found in names.items()]
    return sorted(rest, key=lambda line: (line.startswith("from"), line.split()[1], " as " in line))


def joined(texts):
    """Statements below each other: constants together, functions and classes apart."""
    out, before = "", None
    for text in texts:
        definition = not is_constant(text)
        if before is not None and (definition or before):
            out += "\n\n"
        out, before = out + text, definition
    return out


def save(name, answer):
    """Keep a right answer in the learner's file; raise CannotSave if that is impossible."""
    if names := closed_over(answer):
        text = _(
            "it was made inside a function and needs {names} from there; write it outside of "
            "functions, without a decorator",
            names=", ".join(names),
        )
        raise CannotSave(text)
    text = text_of(answer)
    if text is None or answer.__name__ not in statements(text):
        raise CannotSave(_("its text cannot be found; write it with def or class"))
    file = path()
    try:
        content = read(file)
        add(content, name, answer, text)
        new = content.text()
        stands_alone(new)
        write(file, new)
    except OSError as error:
        text = _("the folder does not allow it ({reason})", reason=error.strerror)
        raise CannotSave(text) from error


def closed_over(value):
    """The names that a function or class takes from a function around it; its text lacks them."""
    if isinstance(value, type) and "<locals>" not in value.__qualname__:
        return []  # a decorator may wrap its methods, but the text of the class has them all
    codes = [function.__code__ for function in functions(value).values()]
    return sorted({name for code in codes for name in code.co_freevars} - {"__class__"})


def read(file):
    """The content of the learner's file, or of an empty one."""
    return Content(file.read_text(encoding="utf-8", errors="replace") if file.is_file() else "")


def add(content, name, answer, text):
    """Put an answer and all it needs into the content."""
    text = unmarked(re.sub(r"(?m)^[ \t]*# your code[ \t]*\n", "", text))
    task = EXERCISES[name]
    if answer.__name__ != task.binds:
        text += f"\n\n{task.binds} = {answer.__name__}\n"
    content.blocks[name] = text
    namespace = globals_of(answer)
    waiting, seen = sorted(free_names(text)), {task.binds}
    while waiting:
        used = waiting.pop(0)
        if used in seen:
            continue
        seen.add(used)
        pythons = getattr(builtins, used, None)
        value = namespace.get(used, pythons)
        if pythons is not None:
            one_meaning(content, name, used, value is pythons)
        if used not in namespace or value is pythons:
            continue
        line = import_line(used, value)
        if line:
            content.imports[used] = line
        elif not (used in BINDS and BINDS[used].name in content.blocks):
            content.helpers[used] = helper(used, value)
            waiting += sorted(free_names(content.helpers[used]))


def one_meaning(content, name, used, pythons):
    """Let Python's own name mean in the file what it means in an answer, if no other objects."""
    defined = content.imports.keys() | content.helpers.keys()
    if (used not in defined) == pythons:
        return
    others = [text for block, text in content.blocks.items() if block != name]
    others += needed(content.helpers, others, set()).values()
    if any(used in free_names(text) for text in others):
        text = _("another saved answer uses {name} for something else; rename yours", name=used)
        raise CannotSave(text)
    content.imports.pop(used, None)
    content.helpers.pop(used, None)


def unmarked(text):
    """A text of the learner's, in which lines that look like a mark are written with two dashes."""
    return MARKED.sub(r"# -- \1 --\n", text)


def globals_of(answer):
    """The names that an answer's code sees around it."""
    first = next(iter(functions(answer).values()), None)
    return {} if first is None else first.__globals__


def import_line(name, value):
    """The import that brings a value in under this name; None if it is the learner's own."""
    if isinstance(value, types.ModuleType):
        module, _dot, last = value.__name__.rpartition(".")
        if name == value.__name__:
            return f"import {name}\n"
        return (
            f"from {module} import {last}\n"
            if name == last
            else f"import {value.__name__} as {name}\n"
        )
    own = getattr(value, "__name__", None)
    for module in ("mlpkit", getattr(value, "__module__", None), "numpy"):
        there = sys.modules.get(module) if module not in ("__main__", None) else None
        if own and there is not None and getattr(there, own, None) is value:
            return f"from {module} import {own}" + ("\n" if own == name else f" as {name}\n")
    return None


def helper(name, value):
    """The text that defines a function, class or constant of the notebook."""
    if is_simple(value):
        return f"{name} = {value!r}\n"
    if not isinstance(value, types.FunctionType | type):
        why = N_("it uses {name} from the notebook, which is neither code nor a plain value")
        raise CannotSave(_(why, name=name))
    if names := closed_over(value):
        why = N_(
            "it uses {name}, which was made inside a function and needs {names} from there; "
            "write it outside of functions, without a decorator"
        )
        raise CannotSave(_(why, name=name, names=", ".join(names)))
    text = lambda_text(name, value) or text_of(value)
    if text is None or name not in statements(text):
        why = N_("it uses {name}, whose text cannot be found; write it with def or class")
        raise CannotSave(_(why, name=name))
    return unmarked(text)


def lambda_text(name, value):
    """The statement `name = lambda ...` that made a function; None if that did not make it."""
    if value.__name__ != "<lambda>":
        return None
    text = "".join(lines_of(value))
    for node in parsed(text).body:
        if isinstance(node, ast.Assign) and name in bound(node) and len(node.targets) == 1:
            made = isinstance(node.value, ast.Lambda)
            if made and node.value.lineno == value.__code__.co_firstlineno:
                return segment(text, node)
    return None


def is_simple(value):
    """Whether a value can be written down as Python reads it."""
    if isinstance(value, tuple | list | set):
        return all(map(is_simple, value))
    if isinstance(value, dict):
        return all(map(is_simple, [*value, *value.values()]))
    return type(value) in SIMPLE and np.all(np.isfinite(value) if type(value) is float else True)


def stands_alone(text):
    """Raise CannotSave unless the file can be imported by itself."""
    try:
        exec(compile(text, NAME, "exec"), {"__name__": "my_framework"})
    except Exception as error:
        kind, said = type(error).__name__, told(str(error))
        text = _("by itself it fails with {kind}: {error}", kind=kind, error=said)
        raise CannotSave(text) from error


def write(file, text):
    """Write the learner's file in one step, so that it is never half there; keep the former."""
    new = text.encode("utf-8")
    if file.exists():
        former = file.read_bytes()
        if former == new:
            return
        replacing.write(file.with_name(file.name + ".bak"), former)
    file.parent.mkdir(parents=True, exist_ok=True)
    replacing.write(file, new)


# --- Loading


def load():
    """Return ({exercise: answer}, {exercise: why its block does not work}) from the file."""
    try:
        text = path().read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, NotADirectoryError):
        return {}, {}
    except OSError as error:
        return {}, {NAME: error.strerror}
    namespace = {"__name__": "my_framework", **{b: e.reference for b, e in BINDS.items()}}
    answers, broken = {}, {}
    head, *rest = MARKED.split(text)
    pieces = [("", head), *zip(rest[::2], rest[1::2], strict=True)]
    for name, piece in pieces:
        try:
            run(piece, namespace)
        except Exception as error:
            broken[name or "imports"] = f"{type(error).__name__}: {told(str(error))}"
            continue
        if name in EXERCISES:
            answers[name] = namespace[EXERCISES[name].binds]
    return answers, broken


def run(piece, namespace):
    """Execute a piece of the file, whose text stays findable for error messages and for saving."""
    file = f"<{NAME} {crc32(piece.encode()):08x}>"
    linecache.cache[file] = len(piece), None, piece.splitlines(keepends=True), file
    exec(compile(piece, file, "exec"), namespace)
