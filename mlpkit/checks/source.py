"""The source of something the learner wrote in a notebook, with all that it needs to run alone."""

import ast
import builtins
import importlib
import inspect
import linecache
import types

ALWAYS = "import numpy as np"  # stands at the top of the learner's file


def source_of(thing, known=()):
    """Return the source of a function or class, below the imports, constants and helpers it uses.

    `known` are names that will be defined elsewhere. Raises OSError if there is no source.
    """
    parts, seen = [], set(known)
    collect(thing, parts, seen)
    imports = sorted({p for p in parts if p.startswith(("import ", "from "))} - {ALWAYS})
    return "\n\n\n".join(
        ["\n".join(imports)] * bool(imports)
        + [p for p in parts if not p.startswith(("import ", "from "))]
    )


def collect(thing, parts, seen):
    """Put what `thing` uses, and then `thing` itself, into parts."""
    seen.add(thing.__name__)
    node, text, names = definition(thing)
    for used in sorted({n.id for n in ast.walk(node) if isinstance(n, ast.Name)}):
        if used in seen or used not in names or hasattr(builtins, used):
            continue
        value = names[used]
        if isinstance(value, types.ModuleType):
            alias = f" as {used}" if used != value.__name__ else ""
            parts.append(f"import {value.__name__}{alias}")
        elif isinstance(value, (int, float, str, bool, tuple)):
            parts.append(f"{used} = {value!r}")
        elif imported_from(value):
            alias = f" as {used}" if used != value.__name__ else ""
            parts.append(f"from {imported_from(value)} import {value.__name__}{alias}")
        elif inspect.isfunction(value) or inspect.isclass(value):
            collect(value, parts, seen)
        seen.add(used)
    parts.append(text)


def imported_from(value):
    """The module to import `value` from, or None if the learner defined it."""
    module = getattr(value, "__module__", None)
    if module in (None, "__main__", "my_framework", "builtins") or not hasattr(value, "__name__"):
        return None
    try:
        found = getattr(importlib.import_module(module), value.__name__, None)
    except ImportError:
        return None
    return module if found is value else None


def definition(thing):
    """Return the syntax node of a function or class, its text, and the names around it.

    A class in a notebook cell does not know its file, so one of its methods is asked.
    """
    functions = [thing] if inspect.isfunction(thing) else methods(thing)
    for code, names in ((f.__code__, f.__globals__) for f in functions):
        text = "".join(linecache.getlines(code.co_filename))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == thing.__name__:
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                if first <= code.co_firstlineno <= node.end_lineno:
                    lines = text.splitlines()[first - 1 : node.end_lineno]
                    return node, inspect.cleandoc("\n" + "\n".join(lines)), names
    raise OSError(f"the source of {thing.__name__} is not at hand")


def methods(thing):
    """The functions written in the body of a class."""
    return [f for f in vars(thing).values() if inspect.isfunction(f)]
