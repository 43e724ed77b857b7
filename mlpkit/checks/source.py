"""Where an answer was written: its text, also for classes from the cells of a notebook.

inspect.getsource fails for those. But each method knows its file, which linecache has.
"""

import ast
import linecache
import textwrap
from functools import lru_cache
from types import FunctionType


def functions(answer):
    """The plain functions that an answer consists of, by name."""
    if isinstance(answer, FunctionType):
        return {answer.__name__: answer}
    found = {}
    for base in reversed(getattr(answer, "__mro__", ())):
        for name, value in vars(base).items():
            value = getattr(value, "__func__", value)
            if isinstance(value, FunctionType):
                found[name] = value
    return found


def own_functions(answer):
    """Those functions that stand in the answer itself, not in a base class."""
    if not isinstance(answer, type):
        return functions(answer)
    return {name: f for name, f in functions(answer).items() if name in vars(answer)}


def lines_of(function):
    """The lines of the file or cell in which a function was written; empty if it is lost."""
    return linecache.getlines(function.__code__.co_filename)


@lru_cache(maxsize=64)
def parsed(text):
    """The syntax tree of a file, or an empty one."""
    try:
        return ast.parse(text)
    except SyntaxError:
        return ast.Module([], [])


def node_of(function):
    """The def or lambda of a function in its file; None if its text is lost."""
    first = function.__code__.co_firstlineno
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(parsed("".join(lines_of(function)))):
        if isinstance(node, kinds) and first_line(node) == first:
            return node
    return None


def first_line(node):
    """The line on which a def or class begins, decorators included."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def class_node(answer):
    """The class statement of a class; None if its text is lost."""
    for function in own_functions(answer).values():
        line = function.__code__.co_firstlineno
        for node in ast.walk(parsed("".join(lines_of(function)))):
            if isinstance(node, ast.ClassDef) and node.name == answer.__name__:
                if node.lineno <= line <= node.end_lineno:
                    return node
    return None


def text_of(answer):
    """The text of a function or class as it was written, at the left margin; None if lost."""
    node = class_node(answer) if isinstance(answer, type) else None
    if isinstance(answer, FunctionType):
        node = node_of(answer)
    if node is None:
        return None
    lines = lines_of(next(iter(own_functions(answer).values())))
    return textwrap.dedent("".join(lines[first_line(node) - 1 : node.end_lineno])).rstrip() + "\n"
