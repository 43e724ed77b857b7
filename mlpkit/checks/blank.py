"""Is an answer still the blank that the lesson gave? Then it is "not yet", and never "wrong"."""

import ast

from .source import functions, node_of, own_functions


def blanks(answer, methods=()):
    """The names of what is still blank: an answer's methods, or the function itself."""
    if isinstance(answer, type):
        if not functions(answer) and answer.__module__ != "builtins":
            return list(methods)  # an empty class
        written = own_functions(answer)
        return [name for name in methods if name in written and is_blank(written[name])]
    return [name for name, function in functions(answer).items() if is_blank(function)]


def is_blank(function):
    """Whether a function does nothing yet; False if its text is lost."""
    node = node_of(function)
    return node is not None and all(map(does_nothing, node.body))


def does_nothing(statement):
    """Whether a statement is a docstring, `...`, `pass` or `raise NotImplementedError`."""
    if isinstance(statement, ast.Raise):
        error = getattr(statement.exc, "func", statement.exc)
        return getattr(error, "id", None) == "NotImplementedError"
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return constant or isinstance(statement, ast.Pass)
