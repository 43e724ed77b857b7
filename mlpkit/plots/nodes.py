"""What a computational graph consists of, whether it comes from an expression or from a net."""

from typing import NamedTuple

from .words import number

MOST = 24  # operations in one picture
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Node(NamedTuple):
    """An operation, or what comes from outside: an input, constant, parameter or label."""

    kind: str
    name: str  # of the quantity that comes out of it
    box: tuple  # the lines in its box
    words: str = ""  # the operation in words, as "z³"
    inputs: tuple = ()  # the numbers of the nodes whose values it takes

    @property
    def hangs(self):
        """Whether it is drawn right above the operation that uses it, and not in a column."""
        return self.kind in ("constant", "parameter", "label")

    @property
    def learns(self):
        """Whether it gets a gradient."""
        return self.kind not in ("constant", "label")


class Pull(NamedTuple):
    """What goes back along one edge: formula, as "3z²", local derivative, and the product."""

    formula: str
    local: float | None  # None for layers, which multiply without making it
    product: object


class Run(NamedTuple):
    """The numbers: value and gradient of each node, and the Pulls of each operation's inputs."""

    values: list
    gradients: list
    pulls: list
    notes: dict = {}  # noqa: RUF012  (never changed) operation -> (name, value) inside it


class Graph(NamedTuple):
    """Nodes, each after its inputs; the last one is the output."""

    nodes: list
    scalar: bool  # whether all values are single numbers

    @property
    def output(self):
        return self.nodes[-1].name

    @property
    def operations(self):
        """The numbers of the operations, in the order of the forward pass."""
        return [i for i, node in enumerate(self.nodes) if node.kind == "operation"]

    def edges(self):
        """(source, operation, place among its inputs) of each edge on which a gradient returns."""
        return [
            (source, i, slot)
            for i in self.operations
            for slot, source in enumerate(self.nodes[i].inputs)
            if not self.nodes[source].hangs
        ]

    def uses(self, i):
        """(operation, place) of each use of node i, in the order of the backward pass."""
        found = [
            (o, k)
            for o in self.operations
            for k, source in enumerate(self.nodes[o].inputs)
            if source == i
        ]
        return found[::-1]


def shown(name):
    """Write w1 as w₁."""
    letters = name.rstrip("0123456789")
    return letters + name[len(letters) :].translate(SUBSCRIPTS) if letters else name


def plain(value, digits=4):
    """Write a number shortly: 12100, not 1.21e+04; 1.23·10⁸ and 1.23·10⁻⁵ with powers of 10."""
    text = number(value, digits)
    size = abs(float(text))
    if size == 0 or 1e-3 <= size < 1e7:
        return f"{float(text):.0f}" if "e" in text else text
    if size == float("inf") or size != size:
        return text
    digits_left, power = f"{float(value):.{min(digits, 3) - 1}e}".split("e")
    if "." in digits_left:
        digits_left = digits_left.rstrip("0").rstrip(".")
    return f"{digits_left}·10{str(int(power)).translate(SUPERSCRIPTS)}"


def factor(text):
    """Put a number into brackets if it must be, behind a sign or under a power."""
    return f"({text})" if text.startswith(("-", "−")) or "·" in text else text
