"""An expression such as "z = x**5 + 9; y = 8*z**3 + z**2 + 5" as a computational graph.

It is read with Python's own parser, but nothing of it is ever run as Python.
"""

import ast
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .nodes import MOST, SUPERSCRIPTS, Graph, Node, Pull, Run, factor, plain, shown

LONGEST = 400  # characters of an expression


class Operation(NamedTuple):
    """How it is written ({a}, {b}: what goes in; {y}: what comes out), and what it computes."""

    text: str
    sign: str
    value: Callable
    slopes: Callable  # the local derivatives, a tuple, from y, a and b
    formulas: tuple  # the same in words


BINARY = {
    ast.Add: Operation("{a} + {b}", "+", np.add, lambda y, a, b: (1.0, 1.0), ("1", "1")),
    ast.Sub: Operation(
        "{a} − {b}", "{a} − {b}", np.subtract, lambda y, a, b: (1.0, -1.0), ("1", "−1")
    ),
    ast.Mult: Operation("{a} · {b}", "×", np.multiply, lambda y, a, b: (b, a), ("{b}", "{a}")),
    ast.Div: Operation(
        "{a} / {b}",
        "{a} / {b}",
        np.divide,
        lambda y, a, b: (np.divide(1.0, b), np.divide(-y, b)),
        ("1/{b}", "−{y}/{b}"),
    ),
}
MINUS = Operation("−{a}", "−", np.negative, lambda y, a: (-1.0,), ("−1",))


def function(name, value, slope, formula):
    """Return the Operation of a function of one number."""
    return Operation(name + "({a})", name, value, lambda y, a: (slope(y, a),), (formula,))


FUNCTIONS = {
    "exp": function("exp", np.exp, lambda y, a: y, "{y}"),
    "log": function("log", np.log, lambda y, a: np.divide(1.0, a), "1/{a}"),
    "tanh": function("tanh", np.tanh, lambda y, a: 1 - y * y, "1 − {y}²"),
    "sigmoid": function(
        "sigmoid",
        lambda a: 0.5 * (1 + np.tanh(0.5 * a)),  # this form cannot overflow
        lambda y, a: y * (1 - y),
        "{y}(1 − {y})",
    ),
    "relu": function("relu", lambda a: np.maximum(a, 0.0), lambda y, a: float(a > 0), "[{a} > 0]"),
    "sqrt": function("sqrt", np.sqrt, lambda y, a: np.divide(0.5, y), "1/(2{y})"),
    "sin": function("sin", np.sin, lambda y, a: np.cos(a), "cos({a})"),
    "cos": function("cos", np.cos, lambda y, a: -np.sin(a), "−sin({a})"),
}


def power(n):
    """Return the Operation "to the power n"."""
    text = "{a}" + exponent(n)
    formula = "1" if n == 1 else f"{factor(plain(n))}{{a}}{exponent(n - 1)}"
    return Operation(
        text,
        text,
        lambda a: np.power(a, n),
        lambda y, a: (n * np.power(a, n - 1) if n else 0.0,),
        (formula if n else "0",),
    )


def exponent(n):
    """Write the exponent: ⁵, nothing for 1, ^0.5."""
    if n == 1:
        return ""
    return str(int(n)).translate(SUPERSCRIPTS) if n == int(n) else f"^{factor(plain(n))}"


class Formula:
    """The graph of an expression, and how to run it."""

    def __init__(self, text):
        self.text = text
        self.names, self.made = {}, {}  # made: what it is -> its node's number
        self.constants, self.operations = {}, {}
        self.kinds, self.parts = [], []
        self.inputs = {}  # node's number -> name, as it is written in the expression
        last = self.read(text)
        self.check(last)
        self.graph = Graph(self.finish(), scalar=True)

    def read(self, text):
        """Read all statements; return the number of the last one's node."""
        if not isinstance(text, str) or len(text) > LONGEST:
            raise ValueError(f"what: expected at most {LONGEST} characters, got {text!r:.60}")
        try:
            body = ast.parse(text.strip()).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise ValueError(
                f"what: expected an expression such as w*x + b, got {text!r}"
            ) from None
        last = None
        for k, statement in enumerate(body):
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                last = self.expression(statement.value)
                self.name(statement.targets[0].id, last)
            elif isinstance(statement, ast.Expr) and k == len(body) - 1:
                last = self.expression(statement.value)
            else:
                self.refuse(statement)
        return last

    def name(self, name, i):
        """Give a node its name; a second name of the same node means the same."""
        if name in self.made:
            raise ValueError(f"what: expected {name} to get one value, before it is used")
        self.made[name] = i
        self.names.setdefault(i, shown(name))

    def expression(self, tree):
        """Return the number of the node that an expression's value comes from."""
        if isinstance(tree, ast.Name):
            return self.known(tree.id)
        if isinstance(tree, ast.Constant):
            return self.constant(tree)
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
            return self.operation(MINUS, "-", tree.operand)
        if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.UAdd):
            return self.expression(tree.operand)
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Pow):
            return self.power(tree)
        if isinstance(tree, ast.BinOp) and type(tree.op) in BINARY:
            key = type(tree.op)
            return self.operation(BINARY[key], key, tree.left, tree.right)
        if isinstance(tree, ast.Call) and getattr(tree.func, "id", None) in FUNCTIONS:
            if len(tree.args) == 1 and not tree.keywords:
                return self.operation(FUNCTIONS[tree.func.id], tree.func.id, *tree.args)
        return self.refuse(tree)

    def known(self, name):
        """The node of a name; an unknown name is a new input."""
        if name not in self.made:
            i = self.made[name] = self.add("input", name)
            self.inputs[i], self.names[i] = name, shown(name)
        i = self.made[name]
        return self.add("constant", self.constants[i]) if i in self.constants else i

    def constant(self, tree):
        if type(tree.value) not in (int, float):
            self.refuse(tree)
        return self.add("constant", self.finite(tree.value))

    def finite(self, value):
        try:
            value = float(value)
        except OverflowError:
            value = float("inf")
        if not np.isfinite(value):
            raise ValueError(f"what: expected finite numbers, got {self.text!r}")
        return value

    def power(self, tree):
        """a ** n, where n must be a number."""
        n = self.expression(tree.right)
        if n not in self.constants:
            raise ValueError(
                f"what: expected a number as exponent, got {ast.unparse(tree.right)!r}"
            )
        n = self.constants[n]
        return self.operation(power(n), ("**", n), tree.left)

    def operation(self, operation, key, *trees):
        """The node of an operation: the one that there is, a new one, or the constant it gives."""
        parts = tuple(self.expression(tree) for tree in trees)
        if all(i in self.constants for i in parts):
            with np.errstate(all="ignore"):
                value = operation.value(*(np.float64(self.constants[i]) for i in parts))
            return self.add("constant", self.finite(value))
        key = key, tuple(self.constants.get(i, ("node", i)) for i in parts)
        if key not in self.made:
            self.made[key] = self.add("operation", operation, parts)
        return self.made[key]

    def add(self, kind, what, parts=()):
        """Keep a new node; return its number."""
        i = len(self.kinds)
        self.kinds.append(kind)
        self.parts.append(parts)
        if kind == "constant":
            self.constants[i] = what
        if kind == "operation":
            self.operations[i] = what
        return i

    def refuse(self, tree):
        allowed = f"numbers, names, + - * / **, {', '.join(FUNCTIONS)}"
        raise ValueError(f"what: expected {allowed}, got {ast.unparse(tree)!r}")

    def check(self, last):
        """Require operations, not too many, that all lead to the last one."""
        if last not in self.operations:
            raise ValueError(f"what: expected an operation such as w*x + b, got {self.text!r}")
        if len(self.operations) > MOST:
            raise ValueError(
                f"what: expected at most {MOST} operations, got {len(self.operations)}"
            )
        used, waiting = set(), [last]
        while waiting:
            i = waiting.pop()
            if i not in used:
                used.add(i)
                waiting += self.parts[i]
        lost = [self.names[i] for i in self.names if i not in used and i not in self.constants]
        if lost:
            raise ValueError(f"what: expected each name to be used, got {', '.join(lost)} unused")
        self.used = sorted(used)

    def finish(self):
        """Name what has no name yet, and return the Nodes; `order` are their old numbers."""
        self.name_the_rest()
        self.order = self.used
        new = {i: k for k, i in enumerate(self.order)}
        return [self.node(i, new) for i in self.order]

    def name_the_rest(self):
        """u₁, u₂, ... for what comes between, y for the last, unless they are taken."""
        last, taken, count = self.used[-1], set(self.names.values()), 0
        if last not in self.names:
            free = next(name for name in ("y", "f", "out", "result") if name not in taken)
            self.names[last] = free
        for i in self.used:
            if i in self.operations and i not in self.names:
                count += 1
                while shown(f"u{count}") in taken:
                    count += 1
                self.names[i] = shown(f"u{count}")
            elif i in self.constants:
                self.names[i] = factor(plain(self.constants[i]))

    def node(self, i, new):
        """Make the Node of what was read as number i."""
        name, inputs = self.names[i], tuple(new[k] for k in self.parts[i])
        if i not in self.operations:
            box = plain(self.constants[i]) if i in self.constants else name
            return Node(self.kinds[i], name, (box,))
        operation, letters = self.operations[i], self.letters(i, self.names.get)
        words, sign = operation.text.format(**letters), operation.sign.format(**letters)
        return Node("operation", name, (sign,), words, inputs)

    def letters(self, i, name):
        """{"a": name of the first input, "b": of the second one, "y": of the result}."""
        ends = dict(zip("ab", map(name, self.parts[i]), strict=False))
        return ends | {"y": name(i)}

    def run(self, inputs):
        """Go forward and backward with a dict of numbers; return the Run."""
        values, gradients, pulls = {}, {self.order[-1]: 1.0}, {}
        with np.errstate(all="ignore"):
            for i in self.order:
                values[i] = self.value(i, values, inputs)
            for i in reversed(self.order):
                pulls[i] = self.pull(i, values, gradients)
        listed = [[table.get(i) for i in self.order] for table in (values, gradients, pulls)]
        return Run(*listed)

    def value(self, i, values, inputs):
        """The value of one node from the values before it."""
        if i in self.constants:
            return self.constants[i]
        if i in self.operations:
            return self.operations[i].value(*(values[k] for k in self.parts[i]))
        return np.float64(inputs[self.inputs[i]])

    def pull(self, i, values, gradients):
        """Local derivatives times the gradient that has arrived; added up at the inputs."""
        if i not in self.operations:
            return ()
        operation, parts = self.operations[i], self.parts[i]
        slopes = operation.slopes(values[i], *(values[k] for k in parts))
        letters, found = self.letters(i, self.names.get), []
        for k, slope, formula in zip(parts, slopes, operation.formulas, strict=True):
            found.append(Pull(formula.format(**letters), slope, slope * gradients[i]))
            if k not in self.constants:
                gradients[k] = gradients.get(k, 0.0) + found[-1].product
        return tuple(found)

    def numbers(self, k, run):
        """The k-th node's operation with numbers in place of names, as "10³"."""
        new = {i: n for n, i in enumerate(self.order)}
        letters = self.letters(self.order[k], lambda i: factor(plain(run.values[new[i]])))
        return self.operations[self.order[k]].text.format(**letters)
