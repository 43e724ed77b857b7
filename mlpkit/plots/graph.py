"""The computational graph: values run forward, gradients run backward.

formula.py makes it of an expression, netgraph.py of a net; place.py says where things stand, and
here they are drawn. `Plan` draws any step of the same graph at the same places.
"""

import math
from itertools import pairwise

import numpy as np

from ..i18n import N_, _
from ..i18n.bidi import row
from ..layers import Linear, Tanh
from ..losses import CrossEntropyLoss
from ..net import Net
from .formula import Formula
from .netgraph import net_graph, written
from .nodes import plain
from .picture import COLORS, DARK_ORANGE, GRAY
from .place import place
from .sketch import Arrow, Box, Sketch, Text, blank, text_width
from .steps import digits as usual_digits
from .steps import gradient_words, sentences, slope, step_facts, step_name, summed, view, whole
from .words import check_digits, check_text, facts, sentence

VALUE, GRADIENT = COLORS["blue"], DARK_ORANGE  # of texts
FORWARD, BACKWARD, WAITING = COLORS["blue"], COLORS["orange"], "#AAAAAA"
DONE, NOW = "#EEF3F7", "#FFF0B8"
CAPTION = N_("Blue, above: values, computed forward. Orange, below: gradients, computed backward.")
LICENSE = N_("mlpkit, MIT license")
LINE = 14  # from line to line; this and all lengths below are in pixels
SLACK = 1.12  # other fonts may be wider
PAD = 8  # between the letters and the border of a box
STEM = 20  # arrow from a constant or parameter down to its operation
MARGIN = 14
NARROWEST = 620
HEAD, FOOT = 32, 44
THIN, THICK = 1.3, 3
SIDE = 3  # of the two arrows of an edge, from its middle
WIDEST = "= -0.001234"  # of what an edge says about single numbers


def graph(what=None, loss=None, x=None, y=None, title=None, digits=None, **inputs):
    """Draw the computational graph of a net with a loss, or of an expression, all filled in.

    A net: one sample x (features,) or (1, features), and its label or target y. Gradients are dQ
    for each quantity Q, named ∂ℒ/∂Q. The net is copied, so its own state stays as it is.
    An expression: graph("w*x + b", w=2, x=3, b=1). Without arguments it shows a small net.
    digits: of each number; by default 3 in arrays, and 4 in single numbers.
    """
    if what is None:
        what, loss, x, y = example()
    drawn, run, formula = computed(what, loss, x, y, inputs)
    digits = usual_digits(drawn) if digits is None else check_digits(digits)
    title = check_text("title", title)
    title = _(title) if title else default_title(formula)
    plan = Plan(drawn, run, title=title, precision=digits or usual_digits(drawn))
    words = quantity_facts(drawn, run, digits)
    text = facts(sentence(title), chain(drawn), _(CAPTION), *words, sentence(_(LICENSE)))
    return plan.sketch(run, whole(drawn), title, (), text)


def example():
    """Return a net of 2 inputs, 2 hidden units and 2 classes, a loss, a sample and its label."""
    net = Net(Linear(2, 2, rng=0), Tanh(), Linear(2, 2, rng=0))
    first, _tanh, second = net.layers
    first.W[:], first.b[:] = [[0.5, -1.0], [1.5, 0.5]], [0.5, 0.0]
    second.W[:], second.b[:] = [[1.0, -1.0], [0.5, 2.0]], [0.0, 0.5]
    return net, CrossEntropyLoss(), np.array([1.0, -0.5]), 0


def computed(what, loss, x, y, inputs):
    """Return (Graph, Run, Formula or None)."""
    if isinstance(what, str):
        formula = Formula(what)
        values = input_values(formula, loss, x, y, inputs)
        return formula.graph, formula.run(values), formula
    if not hasattr(what, "layers"):
        raise ValueError(f"what: expected an expression as text or a net with layers, got {what!r}")
    if inputs:
        raise ValueError(f"{next(iter(inputs))}: expected only x and y for a net, got more")
    return *net_graph(what, CrossEntropyLoss() if loss is None else loss, x, y), None


def input_values(formula, loss, x, y, inputs):
    """Return a dict with a number for each input of an expression, or raise ValueError."""
    given = {"loss": loss, "x": x, "y": y}
    given = {name: value for name, value in given.items() if value is not None} | inputs
    for name in formula.inputs.values():
        if name not in given:
            raise ValueError(f"{name}: expected a number for this input, got none")
    for name, value in given.items():
        if name not in formula.inputs.values():
            raise ValueError(f"{name}: expected an input of {formula.text!r}, got another name")
        single = np.isscalar(value) and np.asarray(value).dtype.kind in "biuf"
        if not (single and np.isfinite(value)):
            raise ValueError(f"{name}: expected a finite number, got {value!r}")
    return {name: float(given[name]) for name in formula.inputs.values()}


def default_title(formula):
    if formula is None:
        return _("Computational graph of a net")
    return _("Computational graph of {output}", output=formula.graph.output)


def chain(drawn):
    """The operations in words: a net's layers, or the expression's parts one after another."""
    *nodes, last = [drawn.nodes[i] for i in drawn.operations]
    if drawn.scalar:
        return sentence("; ".join(f"{node.name} = {node.words}" for node in [*nodes, last]))
    names = [*(node.box[0] for node in nodes), " ".join(last.box)]
    return _("x → {chain} → ℒ, for one sample.", chain=row(names, " → "))


def quantity_facts(drawn, run, digits):
    """A sentence for each quantity: value and gradient, or only the shape if digits is 0."""
    found = []
    for i, node in enumerate(drawn.nodes):
        if i in run.notes:
            found.append(quantity_fact(*run.notes[i], "", digits))
        if node.kind != "constant":
            gradient = f"; {gradient_words(drawn, run, i, digits)}" if node.learns else ""
            found.append(quantity_fact(node.name, run.values[i], gradient, digits))
    return found


def quantity_fact(name, value, gradient, digits):
    if digits:
        return sentence(f"{name} = {' '.join(written(value, digits))}{gradient}")
    rows, columns = np.atleast_2d(value).shape
    return _("{name}: shape {rows} × {columns}.", name=name, rows=rows, columns=columns)


class Plan:
    """Where everything stands. Columns of nodes take turns with columns of what edges carry.

    `least` is the width kept free on each edge, `lines` the number of lines under the title.
    """

    def __init__(self, drawn, run, title="", precision=None, least=0, lines=0):
        self.graph, self.least = drawn, least
        self.precision = precision or usual_digits(drawn)
        self.feeders = {i: self.hanging(i) for i in drawn.operations}
        self.sizes, self.chains = [], {}
        self.measure(run)
        self.items(run)
        self.head = HEAD + LINE * lines + (6 if lines else 0)
        wide = self.places.width + 2 * MARGIN
        wide = max(wide, NARROWEST, text_width(title, 14, True) * SLACK + 2 * MARGIN)
        self.size = math.ceil(wide), math.ceil(self.places.height + self.head + FOOT)
        self.x0, self.y0 = (self.size[0] - self.places.width) / 2, self.head
        self.figure = blank(self.size)

    def hanging(self, i):
        return [k for k in self.graph.nodes[i].inputs if self.graph.nodes[k].hangs]

    # --- How large things are

    def measure(self, run):
        """The boxes of all nodes (width, height) when everything is filled in."""
        seen, self.boxes = whole(self.graph), []
        for i, node in enumerate(self.graph.nodes):
            if node.hangs:
                lines = [text for text, _color in self.card(i, run, seen)]
            else:
                lines = self.box_lines(i, run, seen)
            width = max(widths(lines)) * SLACK + 2 * PAD
            self.boxes.append((max(width, 30), LINE * len(lines) + (6 if node.hangs else 16)))

    def node_size(self, i, run):
        """(width, up, down) of a node with what hangs above it and the sum below it."""
        width, height = self.boxes[i]
        hanging = [self.boxes[k] for k in self.feeders.get(i, ())]
        above = max((h for _w, h in hanging), default=-STEM) + STEM
        below = self.sum_lines(i, run, whole(self.graph))
        if below:
            width = max(width, self.least, *(w * SLACK for w in widths(below)))
        if self.graph.scalar:
            width = max(width, self.feeders_width(i))
        return width, height / 2 + above, height / 2 + LINE * len(below) + (4 if below else 0)

    def feeders_width(self, i):
        """The width of what hangs above operation i."""
        hanging = self.feeders.get(i, ())
        return sum(self.boxes[k][0] for k in hanging) + PAD * max(len(hanging) - 1, 0)

    def crowded(self, source, operation):
        """How much the edge from a layer to the next must be wider for what hangs above both.

        Parameters may stand above the edges beside their layer, which are never branched.
        """
        if self.graph.scalar:
            return 0
        ends = source, operation
        return sum(max(self.feeders_width(i) - self.boxes[i][0], 0) / 2 for i in ends) + PAD

    def label_size(self, above, below):
        """(width, up, down) of the texts on an edge."""
        width = max(self.least, *(w * SLACK for w in widths(above + below)))
        return width, LINE * len(above) + 6, LINE * len(below) + 6

    # --- Items and columns

    def ranks(self):
        """The column of each node: the longest path from the inputs; inputs near their users."""
        ranks = {}
        for i, node in enumerate(self.graph.nodes):
            if not node.hangs:
                ranks[i] = 1 + max((ranks[k] for k in node.inputs if k in ranks), default=-1)
        for i, node in enumerate(self.graph.nodes):
            if node.kind == "input":
                ranks[i] = min(ranks[o] for o, _slot in self.graph.uses(i)) - 1
        return ranks

    def items(self, run):
        """Make items of nodes, of texts on edges, and of the passages of long edges; place them."""
        ranks, seen = self.ranks(), whole(self.graph)
        columns, links = [[] for _ in range(2 * max(ranks.values()) + 2)], []
        self.item = {i: self.new(columns, 2 * ranks[i], self.node_size(i, run)) for i in ranks}
        for edge in self.graph.edges():
            source, operation, _slot = edge
            label = self.label_size(*self.edge_lines(edge, run, seen))
            label = max(label[0], self.crowded(source, operation)), *label[1:]
            way = [self.item[source], self.new(columns, 2 * ranks[source] + 1, label)]
            for column in range(2 * ranks[source] + 2, 2 * ranks[operation]):
                way.append(self.new(columns, column, (0, 6, 6)))
            self.chains[edge] = way
            links += [*pairwise(way), (way[-1], self.item[operation])]
        last = len(self.graph.nodes) - 1
        size = self.label_size(*self.end_lines(run, seen))
        self.end = self.new(columns, 2 * ranks[last] + 1, size)
        links.append((self.item[last], self.end))
        self.places = place(self.sizes, columns, links)

    def new(self, columns, column, size):
        """Add an item to a column; return its number."""
        columns[column].append(len(self.sizes))
        self.sizes.append(size)
        return len(self.sizes) - 1

    # --- What is written

    def box_lines(self, i, run, seen):
        lines = list(self.graph.nodes[i].box)
        if i in run.notes and i in seen.values:
            name, value = run.notes[i]
            lines.append(f"{name} = {self.rows(value)[0]}")
        return lines

    def edge_lines(self, edge, run, seen):
        """(above, below): the value that goes forward, and what comes back."""
        source, operation, slot = edge
        node = self.graph.nodes[source]
        above = [node.name, *self.rows(run.values[source])] if source in seen.values else []
        if operation not in seen.pulled:
            return above, []
        now = seen.all or seen.now == operation
        pull = run.pulls[operation][slot]
        if not self.graph.scalar:
            formula = [pull.formula] if now else []
            return above, [slope(self.graph, node.name), *formula, *self.rows(pull.product)]
        if not now:
            return above, self.rows(pull.product)
        factors = plain(pull.local, self.precision), plain(run.gradients[operation], self.precision)
        product = plain(pull.product, self.precision)
        return above, [factors[0], f"× {factors[1]}", f"= {product}"]

    def end_lines(self, run, seen):
        """The same at the output's end, where the gradient is 1."""
        last, name = len(self.graph.nodes) - 1, self.graph.output
        above = [name, *self.rows(run.values[-1])] if last in seen.values else []
        below = [slope(self.graph, name), *self.rows(run.gradients[-1])] if seen.pulled else []
        return above, below

    def sum_lines(self, i, run, seen):
        """The sum of the gradients that come back to a value with several users."""
        uses = self.graph.uses(i)
        if len(uses) < 2 or not summed(self.graph, i, seen):
            return []
        parts = [plain(run.pulls[o][k].product, self.precision) for o, k in uses]
        total = plain(run.gradients[i], self.precision)
        name = slope(self.graph, self.graph.nodes[i].name)
        return [name, parts[0], *(f"+ {part}" for part in parts[1:]), f"= {total}"]

    def card(self, i, run, seen):
        """(text, color) of each line of a constant, parameter or label."""
        node = self.graph.nodes[i]
        if node.kind == "constant":
            return [(node.box[0], "black")]
        lines = [(node.name, "black")] + [(row, VALUE) for row in self.rows(run.values[i])]
        [(operation, slot)] = self.graph.uses(i)
        if node.learns and operation in seen.pulled:
            formula = run.pulls[operation][slot].formula
            texts = [slope(self.graph, node.name)]
            texts += [formula] if seen.all or seen.now == operation else []
            lines += [(text, GRADIENT) for text in texts + self.rows(run.gradients[i])]
        return lines

    def rows(self, value):
        return written(value, self.precision)

    # --- Drawing

    def sketch(self, run, seen, title, lines, words):
        """Return the Sketch of what is known: `title` and `lines` above, `words` as its facts."""
        arrows, boxes, texts = [], [], []
        for edge in self.graph.edges():
            self.draw_edge(edge, run, seen, arrows, texts)
        self.draw_end(run, seen, arrows, texts)
        for i, node in enumerate(self.graph.nodes):
            if not node.hangs:
                self.draw_node(i, run, seen, arrows, boxes, texts)
        texts += self.around(title, lines)
        return Sketch(arrows + boxes + texts, self.size, title, words, self.figure)

    def around(self, title, lines):
        """The texts above and below the graph."""
        width, height = self.size
        texts = [Text(width / 2, 18, title, size=14, bold=True)]
        texts += [Text(width / 2, HEAD + 6 + LINE * k, line) for k, line in enumerate(lines)]
        license_x = width - MARGIN - text_width(_(LICENSE), 10) * SLACK / 2
        texts.append(Text(width / 2, height - 28, _(CAPTION), GRAY, 11))
        return [*texts, Text(license_x, height - 10, _(LICENSE), GRAY, 10)]

    def at(self, item):
        """(left, right, y) of an item in the picture."""
        places = self.places
        return places.left[item] + self.x0, places.right[item] + self.x0, places.y[item] + self.y0

    def node_at(self, i):
        """The middle of a node's box."""
        left, right, y = self.at(self.item[i])
        return (left + right) / 2, y

    def draw_node(self, i, run, seen, arrows, boxes, texts):
        """A node, what hangs above it, and the sum below it."""
        x, y = self.node_at(i)
        width, height = self.boxes[i]
        now, known = seen.now == i, i in seen.values
        fill = NOW if now else DONE if known else "white"
        edge = "black" if now else GRAY if known else WAITING
        boxes.append(Box(x, y, width, height, fill, edge, THICK if now else 1.2))
        lines = self.box_lines(i, run, seen)
        texts += column(x, y, lines, bold=not self.graph.nodes[i].inputs)
        below = self.sum_lines(i, run, seen)
        top = y + height / 2 + 4 + LINE / 2
        texts += [Text(x, top + LINE * k, line, GRADIENT) for k, line in enumerate(below)]
        self.draw_feeders(i, run, seen, arrows, boxes, texts)

    def draw_feeders(self, i, run, seen, arrows, boxes, texts):
        """What hangs above operation i, side by side."""
        x, y = self.node_at(i)
        top = y - self.boxes[i][1] / 2
        hanging = self.feeders.get(i, ())
        left = x - self.feeders_width(i) / 2
        for k in hanging:
            width, height = self.boxes[k]
            middle, foot = left + width / 2, top - STEM
            end = x + (middle - x) * min(1, (self.boxes[i][0] / 2 - 9) / (abs(middle - x) or 1))
            self.draw_card(k, (middle, foot - height / 2), run, seen, boxes, texts)
            way, known = ((middle, foot), (end, top)), i in seen.values
            back = self.graph.nodes[k].learns and i in seen.pulled
            arrows += strands(way, seen, i, known, back, across=(SIDE, 0))
            left += width + PAD

    def draw_card(self, k, middle, run, seen, boxes, texts):
        """A constant, or a parameter with its value and gradient."""
        width, height = self.boxes[k]
        (x, y), lines = middle, self.card(k, run, seen)
        boxes.append(Box(x, y, width, height, "white", GRAY, 1))
        top = y - height / 2 + 3 + LINE / 2
        bold = self.graph.nodes[k].kind != "constant"
        texts += [
            Text(x, top + LINE * n, text, color, bold=bold and n == 0)
            for n, (text, color) in enumerate(lines)
        ]

    def draw_edge(self, edge, run, seen, arrows, texts):
        """An edge forward and, once something has come back, one backward beside it."""
        source, operation, _slot = edge
        known, back = source in seen.values, operation in seen.pulled
        arrows += strands(self.way(edge), seen, operation, known, back)
        left, right, y = self.at(self.chains[edge][1])
        texts += label((left + right) / 2, y, *self.edge_lines(edge, run, seen))

    def draw_end(self, run, seen, arrows, texts):
        """The arrow out of the last operation."""
        last = len(self.graph.nodes) - 1
        left, right, y = self.at(self.end)
        start = self.node_at(last)[0] + self.boxes[last][0] / 2
        way = (start, y), (right, y)
        arrows += strands(way, seen, None, last in seen.values, bool(seen.pulled))
        texts += label((left + right) / 2, y, *self.end_lines(run, seen))

    def way(self, edge):
        """The points of an edge: straight through columns, curved between them."""
        source, operation, _slot = edge
        x, y = self.node_at(source)
        points = [(x + self.boxes[source][0] / 2, y)]
        end = self.at(self.item[source])[1]
        points.append((end, y))
        for item in self.chains[edge][1:]:
            left, right, height = self.at(item)
            points += [curve(end, y, left, height), (right, height)]
            end, y = right, height
        x, height = self.node_at(operation)
        height += self.port(edge)
        left = self.at(self.item[operation])[0]
        return (*points, curve(end, y, left, height), (x - self.boxes[operation][0] / 2, height))

    def port(self, edge):
        """How far from the middle of its operation an edge ends, so that two do not meet."""
        rivals = [e for e in self.chains if e[1] == edge[1]]
        rivals.sort(key=lambda e: (self.places.y[self.chains[e][-1]], e[2]))
        return 12 * (rivals.index(edge) - (len(rivals) - 1) / 2)


def widths(lines):
    return [text_width(line, 12, bold=k == 0) for k, line in enumerate(lines)] or [0]


def column(x, y, lines, bold=False):
    """Lines of text around the point (x, y)."""
    top = y - LINE * (len(lines) - 1) / 2
    return [Text(x, top + LINE * k, line, bold=bold) for k, line in enumerate(lines)]


def label(x, y, above, below):
    """The texts of an edge at height y."""
    texts = [
        Text(x, y - 6 - LINE * (len(above) - k - 0.5), line, VALUE if k else "black", bold=k == 0)
        for k, line in enumerate(above)
    ]
    return texts + [
        Text(x, y + 6 + LINE * (k + 0.5), line, GRADIENT) for k, line in enumerate(below)
    ]


def curve(x, y, to_x, to_y):
    """A smooth curve that starts and ends level."""
    middle = (x + to_x) / 2
    return middle, y, middle, to_y, to_x, to_y


def strands(way, seen, operation, known, back, across=(0, SIDE)):
    """The arrow forward and, once something has come back, a dashed one beside it.

    They are thick in the step of the operation that the way leads to.
    """
    now = operation is not None and seen.now == operation
    color, line = (FORWARD, THICK if now and seen.forward else THIN) if known else (WAITING, 1)
    if not back:
        return [Arrow(way, color, line)]
    dx, dy = across
    ahead = Arrow(moved(way, -dx, -dy), color, line)
    return [ahead, Arrow(moved(backward(way), dx, dy), BACKWARD, THICK if now else THIN, True)]


def moved(way, dx, dy):
    """The same way elsewhere."""
    return tuple(tuple(v + (dy if k % 2 else dx) for k, v in enumerate(numbers)) for numbers in way)


def backward(way):
    """The same way from its end to its start."""
    flat = [numbers[i : i + 2] for numbers in way for i in range(0, len(numbers), 2)][::-1]
    kinds = [len(numbers) for numbers in way[1:]][::-1]
    made, at = [flat[0]], 1
    for kind in kinds:
        made.append(tuple(v for point in flat[at : at + kind // 2] for v in point))
        at += kind // 2
    return tuple(made)


class Stepper:
    """Draws any step of a graph at fixed places. formula: None for a net."""

    def __init__(self, drawn, run, formula=None):
        self.graph, self.formula = drawn, formula
        least = text_width(WIDEST) if drawn.scalar else 0
        self.plan = Plan(drawn, run, least=least, lines=2)

    def sketch(self, run, step):
        """Return the Sketch after `step` steps."""
        numbers = (lambda i: self.formula.numbers(i, run)) if self.formula else None
        title = _("Step {name}", name=step_name(self.graph, step))
        lines = sentences(self.graph, run, step, numbers)
        words = step_facts(self.graph, run, step, numbers)
        return self.plan.sketch(run, view(self.graph, step), title, lines, words)
