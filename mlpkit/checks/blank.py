"""Is an answer still the blank that the lesson gave? Then it is "not yet", and never "wrong"."""

import ast

from .source import functions, node_of, own_functions


def blanks(answer, methods=(), given=""):
    """The names of what is still blank, or as given: an answer's methods, or the function."""
    if isinstance(answer, type):
        if not functions(answer) and answer.__module__ != "builtins":
            return list(methods)  # an empty class
        written = own_functions(answer)
        return [name for name in methods if name in written and is_blank(written[name])]
    found = functions(answer).items()
    return [name for name, f in found if is_blank(f) or (given and is_given(f, given))]


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


def is_given(function, given):
    """Whether a function is still the code it was given as; False if its text is lost."""
    node = node_of(function)
    return node is not None and skeleton(node) == skeleton(ast.parse(given).body[0])


def skeleton(node):
    """What a def does, whatever it calls its local names, and however it is laid out."""
    numbers = {}
    for part in ast.walk(node):
        if isinstance(part, ast.arg):
            numbers.setdefault(part.arg, len(numbers))
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            numbers.setdefault(part.id, len(numbers))
    copy = ast.parse(ast.unparse(node)).body[0]  # of which the rest of the cell knows nothing
    for part in ast.walk(copy):
        if isinstance(part, ast.arg):
            part.arg, part.annotation = str(numbers[part.arg]), None
        elif isinstance(part, ast.Name):
            part.id = str(numbers.get(part.id, part.id))
    return [ast.dump(part) for part in (copy.args, *copy.body) if not does_nothing(part)]
