"""Mutants of a Python source: each is the source with one small change that a test may notice."""

import ast
import re
from itertools import pairwise, zip_longest
from typing import NamedTuple

# What each operator becomes. Of an order, its border moves, or it turns around.
SWAPS = {
    ast.Lt: ("<", "<=", ">="),
    ast.LtE: ("<=", "<", ">"),
    ast.Gt: (">", ">=", "<="),
    ast.GtE: (">=", ">", "<"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.Pow: ("**", "*"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
    ast.Not: ("not ", ""),
    ast.USub: ("-", ""),
}


class Mutant(NamedTuple):
    """A changed source: the number of its first changed line, that line before and after."""

    number: int
    old: str
    new: str
    text: str

    def __str__(self):
        return f"{self.number}: {self.old} → {self.new}"


class Edit(NamedTuple):
    """The bytes from start to end become new."""

    start: int
    end: int
    new: str


def mutants(text):
    """Every mutant of the source `text`, in the order of its lines; none of them twice."""
    source = Source(text)
    texts = {source.edited(edit) for node in source.nodes() for edit in edits(source, node)}
    return sorted(mutant(text, changed) for changed in texts - {text})


def mutant(text, changed):
    """The Mutant that makes `changed` of `text`."""
    before, after = text.splitlines(), changed.splitlines()
    at = next(i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b)
    return Mutant(at + 1, before[at].strip(), after[at].strip(), changed)


class Source:
    """A source as bytes, which is how ast counts its columns."""

    def __init__(self, text):
        self.bytes, self.tree = text.encode(), ast.parse(text)
        self.lines = [0]
        for line in self.bytes.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))

    def start(self, node):
        return self.lines[node.lineno - 1] + node.col_offset

    def end(self, node):
        return self.lines[node.end_lineno - 1] + node.end_col_offset

    def of(self, node):
        """The text of a node."""
        return self.bytes[self.start(node) : self.end(node)].decode()

    def edited(self, edit):
        """The text after an edit."""
        return (self.bytes[: edit.start] + edit.new.encode() + self.bytes[edit.end :]).decode()

    def nodes(self):
        """The nodes that are run: without annotations, docstrings and the inside of f-strings."""
        waiting = [self.tree]
        while waiting:
            node = waiting.pop()
            yield node
            left_out = [getattr(node, name, None) for name in ("annotation", "returns")]
            if isinstance(node, ast.JoinedStr):
                left_out += node.values
            waiting += [
                child
                for child in ast.iter_child_nodes(node)
                if child not in left_out and not is_docstring(child)
            ]


def is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# --- Operators


def edits(source, node):
    """The edits that change this node."""
    operators = {
        ast.Compare: comparison,
        ast.BinOp: arithmetic,
        ast.BoolOp: boolean,
        ast.UnaryOp: sign,
        ast.AugAssign: in_place,
        ast.Constant: constant,
        ast.JoinedStr: f_string,
        ast.Call: arguments,
        ast.FunctionDef: decorators,
        ast.If: condition,
        ast.IfExp: condition,
        ast.comprehension: condition,
        ast.Return: returned,
    }
    if type(node) in operators:
        yield from operators[type(node)](source, node)
    if isinstance(node, ast.Expr | ast.Assign | ast.AugAssign | ast.Raise | ast.Break):
        yield Edit(source.start(node), source.end(node), "pass")


def swapped(source, start, end, operator):
    """An operator that stands between two bytes becomes each of its others."""
    old, *others = SWAPS.get(type(operator), ("",))
    between = source.bytes[start:end].decode()
    for other in others:
        yield Edit(start, end, between.replace(old, other, 1))


def comparison(source, node):
    sides = [node.left, *node.comparators]
    for (left, right), operator in zip(pairwise(sides), node.ops, strict=True):
        yield from swapped(source, source.end(left), source.start(right), operator)


def arithmetic(source, node):
    yield from swapped(source, source.end(node.left), source.start(node.right), node.op)
    if isinstance(node.op, ast.MatMult):
        yield exchanged(source, node.left, node.right)


def boolean(source, node):
    for left, right in pairwise(node.values):
        yield from swapped(source, source.end(left), source.start(right), node.op)


def sign(source, node):
    yield from swapped(source, source.start(node), source.start(node.operand), node.op)


def in_place(source, node):
    start, end = source.end(node.target), source.start(node.value)
    yield from swapped(source, start, end, node.op)
    yield Edit(start, end, re.sub(r"\S+=", "=", source.bytes[start:end].decode()))


def constant(source, node):
    """Whole numbers one up and one down, others twice and half, True False, a string shorter."""
    value, others = node.value, []
    if isinstance(value, bool):
        others = [not value]
    elif isinstance(value, int):
        others = [value + 1, value - 1]
    elif isinstance(value, float):
        others = [2 * value, value / 2] if value else [1.0]
    elif isinstance(value, str):
        others = [value[1:], value[:-1]]
    for other in others:
        yield Edit(source.start(node), source.end(node), repr(other))


def f_string(source, node):
    yield Edit(source.start(node), source.end(node), '""')


def arguments(source, node):
    """Two neighbors change places; a keyword argument is left out."""
    for left, right in pairwise(node.args):
        yield exchanged(source, left, right)
    for keyword, after in zip_longest(node.keywords, node.keywords[1:]):
        end = source.start(after) if after else source.end(keyword)
        yield Edit(source.start(keyword), end, "")


def exchanged(source, left, right):
    start, end = source.start(left), source.end(right)
    between = source.bytes[source.end(left) : source.start(right)].decode()
    return Edit(start, end, f"{source.of(right)}{between}{source.of(left)}")


def decorators(source, node):
    for decorator in node.decorator_list:
        yield Edit(source.start(decorator) - len("@"), source.end(decorator), "")


def condition(source, node):
    """A condition turns around, unless an operator in it turns it already."""
    tests = node.ifs if isinstance(node, ast.comprehension) else [node.test]
    for test in [test for test in tests if not isinstance(test, ast.Compare | ast.UnaryOp)]:
        yield Edit(source.start(test), source.end(test), f"(not ({source.of(test)}))")


def returned(source, node):
    if node.value:
        yield Edit(source.start(node), source.end(node), "return None")
