"""The computational graph: its numbers, its places, its two paintings, and the walk through it."""

import re
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from mlpkit import (
    CrossEntropyLoss,
    Linear,
    LogisticLoss,
    Net,
    ReLU,
    Sigmoid,
    Softmax,
    SquaredLoss,
    Tanh,
    i18n,
    plots,
)
from mlpkit.i18n.bidi import directions
from mlpkit.plots.formula import FUNCTIONS, Formula
from mlpkit.plots.graph import DONE, GRADIENT, NOW, VALUE, Stepper, computed, example
from mlpkit.plots.netgraph import net_graph
from mlpkit.plots.nodes import factor, plain, shown
from mlpkit.plots.picture import GRAY
from mlpkit.plots.place import crossings, order, spread
from mlpkit.plots.sketch import Arrow, Box, Text
from mlpkit.plots.steps import step_count, view
from mlpkit.widgets.graph import EXAMPLE, around, graph

LESSON = "8*(x**5 + 9)**3 + (x**5 + 9)**2 + 5"
NEURON = "net = w1*x1 + w2*x2 + b; o = sigmoid(net); L = (o - y)**2"
NEURON_AT = {"w1": 0.5, "x1": 1.0, "w2": -1.0, "x2": 2.0, "b": 0.1, "y": 1.0}
TANGLED = "a = x*y; b = sin(a) + x/y; exp(-b**2)*a + log(y)*tanh(x)*a"


def run_of(text, **inputs):
    """Return (Graph, Run, {name: gradient})."""
    formula = Formula(text)
    run = formula.run(inputs)
    names = [node.name for node in formula.graph.nodes]
    return formula.graph, run, dict(zip(names, run.gradients, strict=True))


def deep(features=2, hidden=5, classes=3, bend=Tanh):
    rng = np.random.default_rng(features)
    return Net(Linear(features, hidden, rng), bend(), Linear(hidden, classes, rng))


# --- Expressions


@pytest.mark.parametrize("text", [LESSON, EXAMPLE])
@pytest.mark.parametrize("x", [-2.0, -1.0, -0.3, 0.0, 0.5, 1.0, 3.0])
def test_the_example_of_the_lesson_has_the_derivative_of_the_chain_rule(text, x):
    _graph, run, gradients = run_of(text, x=x)
    z = x**5 + 9
    np.testing.assert_allclose(run.values[-1], 8 * z**3 + z**2 + 5, rtol=1e-14)
    np.testing.assert_allclose(gradients["x"], (24 * z**2 + 2 * z) * 5 * x**4, rtol=1e-13)


def test_equal_parts_are_one_node_whose_gradients_add_up():
    graph, run, gradients = run_of(LESSON, x=1.0)
    assert sum(node.words == "x⁵" for node in graph.nodes) == 1
    [shared] = [i for i in range(len(graph.nodes)) if len(graph.uses(i)) == 2]
    assert graph.nodes[shared].words == "u₁ + 9"
    parts = [run.pulls[o][k].product for o, k in graph.uses(shared)]
    assert sorted(parts) == [20, 2400]
    assert gradients[graph.nodes[shared].name] == 2420


def test_the_same_value_in_both_places_of_a_product_counts_twice():
    _graph, run, gradients = run_of("x*x", x=3.0)
    assert run.values[-1] == 9
    assert gradients["x"] == 6


def random_expression(rng, depth):
    """An expression in x, w and numbers that is defined and smooth everywhere."""
    if depth == 0:
        return str(rng.choice(["x", "w", "2", "0.5"]))
    inner = [random_expression(rng, depth - 1) for _part in range(2)]
    forms = [
        "({} + {})",
        "({} - {})",
        "tanh({}) * sin({})",
        "sigmoid({}) / (2 + cos({}))",
        "-{} * exp(-({})**2)",
        "log(1 + ({})**2) + {}",
        "sqrt(2 + sin({})) * {}",
    ]
    return str(rng.choice(forms)).format(*inner)


@pytest.mark.parametrize("seed", range(12))
def test_the_gradients_of_random_expressions_are_their_central_differences(seed):
    rng = np.random.default_rng(seed)
    text = f"x*w + {random_expression(rng, 2)}"
    at = {"x": rng.normal(), "w": rng.normal()}
    formula = Formula(text)
    found = dict(zip(formula.graph.nodes, formula.run(at).gradients, strict=True))
    for node, gradient in found.items():
        if node.kind == "input":
            ends = [formula.run(at | {node.name: at[node.name] + s * 1e-6}) for s in (1, -1)]
            difference = (ends[0].values[-1] - ends[1].values[-1]) / 2e-6
            np.testing.assert_allclose(gradient, difference, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("text", [*(f"{name}(x)" for name in FUNCTIONS), "x**3", "x**-2", "x**0.5"])
@pytest.mark.parametrize("x", [0.4, 1.7])
def test_each_operation_knows_its_local_derivative(text, x):
    formula = Formula(text)
    slope = formula.run({"x": x}).pulls[-1][0].local
    high, low = (formula.run({"x": x + step}).values[-1] for step in (1e-6, -1e-6))
    np.testing.assert_allclose(slope, (high - low) / 2e-6, rtol=1e-7)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("x**5", ["5x⁴"]),
        ("x**2", ["2x"]),
        ("x**1", ["1"]),
        ("x**-2", ["(-2)x⁻³"]),
        ("x**0.5", ["0.5x^(-0.5)"]),
        ("w*x", ["x", "w"]),
        ("w/x", ["1/x", "−y/x"]),
        ("w - x", ["1", "−1"]),
        ("tanh(x)", ["1 − y²"]),
        ("sigmoid(x)", ["y(1 − y)"]),
        ("relu(x)", ["[x > 0]"]),
    ],
)
def test_the_local_derivatives_are_written_as_formulas(text, formulas):
    formula = Formula(text)
    run = formula.run({name: 2.0 for name in formula.inputs.values()})
    assert [pull.formula for pull in run.pulls[-1]] == formulas


def test_numbers_alone_are_computed_at_once():
    graph, _run, _gradients = run_of("2*3*x + sqrt(4)", x=1.0)
    assert [node.words for node in graph.nodes if node.words] == ["6 · x", "u₁ + 2"]


def test_a_named_number_stands_beside_each_of_its_users():
    graph, run, _gradients = run_of("c = 3; y = c*x + c", x=2.0)
    assert run.values[-1] == 9
    assert [node.box for node in graph.nodes if node.kind == "constant"] == [("3",), ("3",)]


def test_names_that_the_learner_uses_are_not_given_again():
    graph, _run, gradients = run_of("u1*y + 1", u1=2.0, y=3.0)
    assert [node.name for node in graph.nodes] == ["u₁", "y", "u₂", "1", "f"]
    assert gradients["u₁"] == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x +", "what: expected an expression"),
        ("x", "what: expected an operation"),
        ("", "what: expected an operation"),
        ("3 + 4", "what: expected an operation"),
        ("x**y", "what: expected a number as exponent, got 'y'"),
        ("9**9**9**9 * x", "what: expected finite numbers"),
        ("1/0 + x", "what: expected finite numbers"),
        ("x^2", r"what: expected numbers, names, \+ - \* / \*\*, .*, got 'x \^ 2'"),
        ("open('a')", "what: expected numbers"),
        ("().__class__ + x", "what: expected numbers"),
        ("True + x", "what: expected numbers"),
        ("exp(x, 2)", "what: expected numbers"),
        ("import os", "what: expected numbers"),
        ("x = x + 1", "what: expected x to get one value"),
        ("a = 2*x; b = 3*x", "what: expected each name to be used, got a unused"),
        ("+".join(["sin(x)*x"] + [f"x**{n}" for n in range(2, 30)]), "at most 24 operations"),
        ("x" * 500, "at most 400 characters"),
    ],
)
def test_other_expressions_are_refused(text, message):
    with pytest.raises(ValueError, match=message):
        Formula(text)


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({}, "x: expected a number for this input, got none"),
        ({"x": 1, "w": 2}, "w: expected an input of 'x\\*\\*2'"),
        ({"x": np.inf}, "x: expected a finite number, got inf"),
        ({"x": [1, 2]}, "x: expected a finite number"),
        ({"x": "one"}, "x: expected a finite number"),
    ],
)
def test_inputs_that_do_not_fit_are_refused_by_name(inputs, message):
    with pytest.raises(ValueError, match=message):
        plots.graph("x**2", **inputs)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12100.0, "12100"),
        (8105, "8105"),
        (1234567.0, "1235000"),
        (-123456789.0, "-1.23·10⁸"),
        (0.00123456, "0.001235"),
        (-2e-7, "-2·10⁻⁷"),
        (-0.0, "0"),
        (1e-30, "1·10⁻³⁰"),
        (np.nan, "nan"),
        (-np.inf, "-inf"),
    ],
)
def test_numbers_are_written_shortly(value, text):
    assert plain(value) == text


def test_numbers_behind_a_name_are_its_index():
    assert [shown(name) for name in ("w1", "x", "a12")] == ["w₁", "x", "a₁₂"]
    assert [factor(text) for text in ("-2", "2", "1·10⁸")] == ["(-2)", "2", "(1·10⁸)"]


# --- Nets

CASES = {
    "tanh": (deep(), CrossEntropyLoss(), [1.0, -2.0], 1),
    "relu": (deep(bend=ReLU), CrossEntropyLoss(), [0.3, 0.4], 2),
    "sigmoid": (deep(3, 2, 1, Sigmoid), LogisticLoss(), [1.0, 2.0, 3.0], 0),
    "values": (deep(2, 2, 3), SquaredLoss(), [1.0, 2.0], [0.5, 1.0, 2.0]),
    "one layer": (Net(Linear(2, 1, rng=0)), SquaredLoss(), [1.0, 2.0], 1.5),
    "softmax inside": (
        Net(Linear(2, 3, rng=0), Softmax(), Linear(3, 2, rng=0)),
        CrossEntropyLoss(),
        [1.0, 2.0],
        0,
    ),
    "linear twice": (Net(Linear(2, 3, rng=0), Linear(3, 3, rng=1)), CrossEntropyLoss(), [1, 2], 0),
}


@pytest.mark.parametrize("name", CASES)
def test_a_nets_numbers_are_those_of_its_own_forward_and_backward(name):
    net, loss, x, y = CASES[name]
    graph, run = net_graph(net, loss, x, y)
    found = {node.name: (run.values[i], run.gradients[i]) for i, node in enumerate(graph.nodes)}
    target = np.array([y]) if isinstance(y, int) else np.reshape(y, (1, -1))
    value = loss.forward(net.forward(np.array([x], dtype=float)), target)
    dx = net.backward(loss.backward())
    assert found["ℒ"][0].item() == value
    np.testing.assert_array_equal(found["x"][1], dx)
    for key, parameter, gradient in net.parameters():
        np.testing.assert_array_equal(found[shown(key)][0], np.atleast_2d(parameter))
        np.testing.assert_array_equal(found[shown(key)][1], np.atleast_2d(gradient))


@pytest.mark.parametrize("name", CASES)
def test_a_nets_gradients_are_central_differences(name):
    net, loss, x, y = CASES[name]
    graph, run = net_graph(net, loss, x, y)
    found = {node.name: run.gradients[i] for i, node in enumerate(graph.nodes)}
    for key, parameter, _gradient in list(net.parameters()):
        for place in np.ndindex(parameter.shape):
            before, ends = parameter[place], []
            for step in (1e-6, -1e-6):
                parameter[place] = before + step
                ends.append(net_graph(net, loss, x, y)[1].values[-1].item())
            parameter[place] = before
            difference = (ends[0] - ends[1]) / 2e-6
            gradient = found[shown(key)].reshape(parameter.shape)[place]
            np.testing.assert_allclose(gradient, difference, rtol=1e-6, atol=1e-8)


def test_a_net_and_its_loss_stay_as_they_are():
    net, loss = deep(), CrossEntropyLoss()
    plots.graph(net, loss, [1.0, 2.0], 1)
    graph(net, loss, [1.0, 2.0], 1)
    assert not vars(loss)
    assert not any(hasattr(layer, "out") for layer in net.layers)


class Bare:
    """A learner's Linear without parameters(), half done: backward takes the wrong factor."""

    def __init__(self):
        self.W, self.b = np.array([[2.0], [3.0]]), np.array([1.0])

    def forward(self, x):
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        self.dW, self.db = 10 * self.x.T @ dout, dout.sum(axis=0)
        return 7 * dout @ self.W.T


class Cube:
    """A layer of an unknown name, and nothing but forward and backward."""

    def forward(self, x):
        self.x = x
        return x**3

    def backward(self, dout):
        return dout * 3 * self.x**2


class Half:
    """A learner's loss."""

    def forward(self, scores, y):
        self.r = scores - y
        return float((self.r**2).sum() / 2)

    def backward(self):
        return self.r


def test_the_learners_own_layers_are_run_right_or_wrong():
    class Own:
        layers = [Bare(), Cube()]  # noqa: RUF012

    facts = plots.graph(Own(), Half(), [1.0, -1.0], 1.0).facts
    # z = 2 - 3 + 1 = 0.
    assert "z₁ = 0; ∂ℒ/∂z₁ = 0." in facts
    facts = plots.graph(Own(), Half(), [1.0, 0.0], 26.0).facts
    # z = 3, a = 27, r = 1, dz = 27, and what Bare makes of it
    assert "a₁ = 27; ∂ℒ/∂a₁ = 1." in facts
    assert "z₁ = 3; ∂ℒ/∂z₁ = 27." in facts
    assert "x = [1, 0]; ∂ℒ/∂x = [378, 567]." in facts
    assert "∂ℒ/∂W₁ = shape" not in facts and "∂ℒ/∂W₁ = [270] [0]." in facts
    assert "x → Bare → Cube → Half → ℒ" in facts


def test_the_layers_stand_in_their_order_in_a_right_to_left_sentence_too(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "fa")
    (line,) = (line for line in plots.graph().facts.splitlines() if "→" in line)
    loss = line[line.index("\u2067") + 1 : line.index("\u2069")]
    assert {"ltr", "rtl"} <= set(directions(loss))
    assert f"\u2066Linear → Tanh → Linear → \u2067{loss}\u2069\u2069" in line


def test_formulas_end_as_sentences_of_the_language_do(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "th")  # Thai has no full stop
    texts = [plots.graph().facts, plots.graph(LESSON, x=1).facts]
    for explorer in (graph(*example()), graph(LESSON, x=1)):
        for step in range(explorer.last + 1):
            explorer.step.value = step
            texts.append(explorer.facts())
    assert not [line for text in texts for line in text.splitlines() if line.endswith(".")]


def test_layers_of_known_names_have_their_formulas_and_others_only_their_backward():
    stepper = Stepper(*computed(*example(), {}))
    facts = [stepper.sketch(stepper_run(), step).facts for step in range(5, 9)]
    assert "∂ℒ/∂z₂ = p − y." in facts[0]
    assert "∂ℒ/∂a₁ = δ W₂ᵀ, ∂ℒ/∂W₂ = a₁ᵀ δ, ∂ℒ/∂b₂ = δ, where δ = ∂ℒ/∂z₂." in facts[1]
    assert "∂ℒ/∂z₁ = δ ⊙ (1 − a₁²), where δ = ∂ℒ/∂a₁." in facts[2]
    explorer = graph(Net(Bare(), Cube()), Half(), [1.0, 0.0], 26.0)
    explorer.step.value = 5
    assert "∂ℒ/∂z₁ = backward(δ), where δ = ∂ℒ/∂a₁." in explorer.facts()


def stepper_run():
    return computed(*example(), {})[1]


@pytest.mark.parametrize(
    ("formula", "compute"),
    [
        ("∂ℒ/∂a₁ = δ W₂ᵀ", lambda q: q["z₂"][1] @ q["W₂"][0].T),
        ("∂ℒ/∂W₂ = a₁ᵀ δ", lambda q: q["a₁"][0].T @ q["z₂"][1]),
        ("∂ℒ/∂z₁ = δ ⊙ (1 − a₁²)", lambda q: q["a₁"][1] * (1 - q["a₁"][0] ** 2)),
        ("∂ℒ/∂x = δ W₁ᵀ", lambda q: q["z₁"][1] @ q["W₁"][0].T),
    ],
)
def test_the_formulas_in_the_picture_are_true(formula, compute):
    graph, run, _formula = computed(*example(), {})
    quantities = {
        node.name: (run.values[i], run.gradients[i]) for i, node in enumerate(graph.nodes)
    }
    name = formula.split("/∂")[1].split(" ")[0]
    np.testing.assert_allclose(quantities[name][1], compute(quantities), rtol=1e-12)
    texts = [shape.text for shape in plots.graph().shapes if isinstance(shape, Text)]
    assert formula.split(" = ")[1] in texts


def test_the_probabilities_stand_in_the_box_of_the_loss_and_in_words():
    p = Softmax().forward(stepper_run().values[-3])[0]
    line = f"p = [{', '.join(f'{v:.3g}' for v in p)}]"
    assert line in [shape.text for shape in plots.graph().shapes if isinstance(shape, Text)]
    assert f"{line}." in plots.graph().facts
    explorer = graph(*example())
    explorer.step.value = 4
    assert line in explorer.facts()
    explorer.step.value = 3
    assert line not in explorer.facts()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: plots.graph(3), "what: expected an expression as text or a net with layers"),
        (lambda: plots.graph(deep(), x=[1, 2]), "x, y: expected one sample and its label"),
        (lambda: plots.graph(deep(), x=[1, 2], y=0, w=1), "w: expected only x and y for a net"),
        (lambda: plots.graph(deep(), x=[1], y=0), r"x: expected \(batch, 2\)"),
        (lambda: plots.graph(deep(), x=[1, 2], y=7), "y: expected labels"),
        (lambda: plots.graph(Net(*[Tanh()] * 30), x=[1, 2], y=0), "net: expected 1 to 24 layers"),
        (lambda: plots.graph(Net(Blank()), x=[1, 2], y=0), "Blank.forward: expected an array"),
    ],
)
def test_what_is_no_graph_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


class Blank:
    """A layer that is not yet written."""

    def forward(self, x):
        pass

    def backward(self, dout):
        pass


# --- Places

PICTURES = {
    "lesson": lambda: computed(EXAMPLE, None, 1.0, None, {}),
    "unnamed": lambda: computed(LESSON, None, -1.3, None, {}),
    "neuron": lambda: computed(NEURON, None, None, None, NEURON_AT),
    "tangled": lambda: computed(TANGLED, None, 1.3, 0.7, {}),
    "square": lambda: computed("x*x", None, 3.0, None, {}),
    "tiny": lambda: computed("-x", None, 1e-12, None, {}),
    "fan": lambda: computed("x + x**2 + x**3 + x**4 + x**5 + exp(x)", None, 2.0, None, {}),
    "net": lambda: computed(*example(), {}),
    **{name: (lambda name=name: computed(*CASES[name], {})) for name in CASES},
}


def overlap(a, b, by=0.0):
    return a[0] < b[2] - by and b[0] < a[2] - by and a[1] < b[3] - by and b[1] < a[3] - by


def box_extent(box):
    return (
        box.x - box.width / 2,
        box.y - box.height / 2,
        box.x + box.width / 2,
        box.y + box.height / 2,
    )


def inside(a, b):
    return a[0] >= b[0] and a[1] >= b[1] and a[2] <= b[2] and a[3] <= b[3]


def along(arrow):
    """Points (200 each piece) on an arrow."""
    at, points = np.array(arrow.points[0]), []
    t = np.linspace(0, 1, 200)[:, None]
    for numbers in arrow.points[1:]:
        ends = np.reshape(numbers, (-1, 2))
        if len(ends) == 1:
            points.append(at + t * (ends[0] - at))
        else:
            a, b, c = ends
            points.append(
                (1 - t) ** 3 * at + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t**2 * b + t**3 * c
            )
        at = ends[-1]
    return np.concatenate(points)


def sketches(name):
    """The picture with everything, and some of the steps."""
    graph, run, formula = PICTURES[name]()
    stepper, last = Stepper(graph, run, formula), step_count(graph)
    return [stepper.sketch(run, step) for step in sorted({0, 1, last // 2, last - 1, last})]


def static(name):
    args = {
        "lesson": lambda: plots.graph(EXAMPLE, x=1.0),
        "neuron": lambda: plots.graph(NEURON, **NEURON_AT),
        "tangled": lambda: plots.graph(TANGLED, x=1.3, y=0.7),
        "fan": lambda: plots.graph("x + x**2 + x**3 + x**4 + x**5 + exp(x)", x=2.0),
        "net": plots.graph,
        **{key: (lambda key=key: plots.graph(*CASES[key])) for key in CASES},
    }
    return [args[name]()] if name in args else []


@pytest.mark.parametrize("name", PICTURES)
def test_no_texts_and_no_boxes_overlap_and_nothing_is_cut_off(name):
    for sketch in sketches(name) + static(name):
        texts = [shape for shape in sketch.shapes if isinstance(shape, Text)]
        boxes = [box_extent(shape) for shape in sketch.shapes if isinstance(shape, Box)]
        for a, b in combinations(texts, 2):
            assert not overlap(a.extent(), b.extent()), (a, b)
        for a, b in combinations(boxes, 2):
            assert not overlap(a, b)
        for text in texts:
            held = [box for box in boxes if overlap(text.extent(), box)]
            assert all(inside(text.extent(), box) for box in held), text
        whole = 0, 0, *sketch.size
        assert all(inside(part, whole) for part in boxes + [t.extent() for t in texts])


@pytest.mark.parametrize("name", PICTURES)
def test_arrows_run_around_boxes_and_texts(name):
    for sketch in sketches(name) + static(name):
        things = [s.extent() for s in sketch.shapes if isinstance(s, Text)]
        boxes = [box_extent(s) for s in sketch.shapes if isinstance(s, Box)]
        for arrow in (s for s in sketch.shapes if isinstance(s, Arrow)):
            points = along(arrow)
            for left, top, right, bottom in [*things, *boxes]:
                x, y = points.T
                within = (x > left + 1) & (x < right - 1) & (y > top + 1) & (y < bottom - 1)
                assert not within.any(), arrow


@pytest.mark.parametrize("name", PICTURES)
def test_all_steps_have_the_same_places(name):
    boxes = [
        [(s.x, s.y, s.width, s.height) for s in sketch.shapes if isinstance(s, Box)]
        for sketch in sketches(name)
    ]
    assert all(one == boxes[0] for one in boxes)


def test_constants_stand_above_their_users():
    shapes = plots.graph(EXAMPLE, x=1.0).shapes
    places = {s.text: s for s in shapes if isinstance(s, Text)}
    nine = next(s for s in shapes if isinstance(s, Text) and s.text == "9")
    users = [s for s in shapes if isinstance(s, Text) and s.text == "+"]
    assert any(abs(user.x - nine.x) < 1 and 0 < user.y - nine.y < 70 for user in users)
    assert places["z³"].x > nine.x


def test_spread_keeps_the_gaps_and_moves_no_more_than_it_must():
    assert spread([0, 10, 20], [5, 5]) == [0, 10, 20]
    assert spread([5, 5], [10]) == [0, 10]
    assert spread([0, 0, 9], [6, 6]) == [-3, 3, 9]
    rng = np.random.default_rng(0)
    wanted, gaps = rng.normal(0, 20, 7), rng.uniform(5, 15, 6)
    found = np.array(spread(wanted, gaps))
    assert (np.diff(found) >= gaps - 1e-9).all()
    for _trial in range(200):  # no other way that keeps the gaps is nearer
        other = found + rng.normal(0, 0.5, 7)
        if (np.diff(other) >= gaps).all():
            assert ((other - wanted) ** 2).sum() > ((found - wanted) ** 2).sum()


def test_the_order_removes_crossings_that_need_not_be():
    columns, links = [[0, 1, 2], [3, 4, 5]], [(0, 5), (1, 4), (2, 3)]
    before = [[], [], [], [2], [1], [0]]
    after = [[5], [4], [3], [], [], []]
    assert crossings(columns, links) == 3
    assert crossings(order(columns, links, before, after), links) == 0


# --- The two paintings


@pytest.mark.parametrize("name", PICTURES)
def test_the_svg_is_well_formed_and_says_the_same_as_the_png(name):
    sketch = sketches(name)[-1]
    root = ElementTree.fromstring(sketch.svg())
    assert root.get("role") == "img"
    assert root.find("{*}title").text == sketch.title
    assert (int(root.get("width")), int(root.get("height"))) == sketch.size
    sketch.png()
    painted = [text.get_text() for text in sketch.figure.axes[0].texts]
    assert [text.text for text in root.findall("{*}text")] == painted
    assert sketch.figure.canvas.get_width_height() == sketch.size == sketch.pixels().size
    assert sketch.quick_image() == sketch.svg().encode()
    assert sketch.svg() == sketches(name)[-1].svg()


@pytest.mark.parametrize("name", PICTURES)
def test_saved_pictures_are_small_and_the_same_each_time(name):
    sketch = sketches(name)[-1]
    assert len(sketch.png()) < 40_000
    assert sketch.png() == sketch.png()


def test_an_ampersand_in_a_title_is_no_markup():
    root = ElementTree.fromstring(plots.graph("x**2", x=1, title="a < b & c").svg())
    assert root.find("{*}title").text == "a < b & c"


def test_matplotlib_draws_the_letters_within_the_places_kept_for_them():
    for sketch in (plots.graph(), plots.graph(NEURON, **NEURON_AT)):
        sketch.png()
        ax = sketch.figure.axes[0]
        shapes = [shape for shape in sketch.shapes if isinstance(shape, Text)]
        for shape, artist in zip(shapes, ax.texts, strict=True):
            found = artist.get_window_extent().width
            left, _top, right, _bottom = shape.extent()
            assert found <= (right - left) * 1.12 + 2


def luminance(color):
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return float(np.dot(parts, [0.2126, 0.7152, 0.0722]))


@pytest.mark.parametrize("color", [VALUE, GRADIENT, GRAY, "black"])
def test_texts_stand_out_from_white(color):
    assert 1.05 / (luminance(color) + 0.05) >= 4.5


@pytest.mark.parametrize("fill", [DONE, NOW])
def test_black_stands_out_in_every_box(fill):
    assert (luminance(fill) + 0.05) / 0.05 >= 7


# --- The walk


@pytest.fixture(scope="module")
def lesson():
    return graph()


def test_the_walk_starts_with_nothing_and_ends_with_everything(lesson):
    assert lesson.panel.values["step"] == 0
    assert lesson.last == 14
    lesson.step.value = 0
    assert lesson.facts().splitlines() == [
        "Step 0 of 14: nothing is computed yet.",
        "Given are the inputs. Values will go from left to right.",
        "Values: x = 1.",
        "Gradients: none yet.",
    ]
    lesson.step.value = 14
    assert lesson.facts().splitlines() == [
        "Step 14 of 14: backward through u₁ = x⁵.",
        "∂y/∂x = 5x⁴ · ∂y/∂u₁ = 5 × 2420 = 12100.",
        "Values: x = 1, u₁ = 1, z = 10, u₂ = 1000, u₃ = 8000, u₄ = 100, u₅ = 8100, y = 8105.",
        "Gradients: ∂y/∂y = 1, ∂y/∂u₅ = 1, ∂y/∂u₄ = 1, ∂y/∂u₃ = 1, ∂y/∂u₂ = 8, "
        "∂y/∂z = 20 + 2400 = 2420, ∂y/∂u₁ = 2420, ∂y/∂x = 12100.",
    ]


def test_a_step_back_shows_its_multiplication_on_the_edge(lesson):
    lesson.step.value = 12
    assert "Step 12 of 14: backward through u₂ = z³." in lesson.facts()
    assert "One part of ∂y/∂z = 3z² · ∂y/∂u₂ = 300 × 8 = 2400." in lesson.facts()
    texts = [shape.text for shape in lesson.picture.shapes if isinstance(shape, Text)]
    at = texts.index("300")
    assert texts[at : at + 3] == ["300", "× 8", "= 2400"]
    lesson.step.value = 13
    texts = [shape.text for shape in lesson.picture.shapes if isinstance(shape, Text)]
    assert "300" not in texts and "= 2420" in texts


def test_the_operation_of_the_step_has_a_thick_border(lesson):
    for step in range(lesson.last + 1):
        lesson.step.value = step
        thick = [s for s in lesson.picture.shapes if isinstance(s, Box) and s.line > 2]
        assert len(thick) == (step > 0)


def test_each_step_adds_one_operation(lesson):
    graph = lesson.graph
    for step in range(1, lesson.last + 1):
        before, after = view(graph, step - 1), view(graph, step)
        assert after.values >= before.values and after.pulled >= before.pulled
        assert len(after.values) + len(after.pulled) == len(before.values) + len(before.pulled) + 1
        assert after.now in (after.values if after.forward else after.pulled)


EXPLORERS = {
    "lesson": graph,
    "neuron": lambda: graph(NEURON, **NEURON_AT),
    "tangled": lambda: graph(TANGLED, x=1.3, y=0.7),
    "net": lambda: graph(*example()),
    "broken net": lambda: graph(Net(Bare(), Cube()), Half(), [1.0, 0.0], 26.0),
}


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_control_moves_over_its_whole_range(name):
    explorer = EXPLORERS[name]()
    size = explorer.panel.width, explorer.panel.height
    for choice in explorer.choices:
        for value in [*choice.values, choice.start]:
            getattr(explorer, choice.id).value = value
            assert explorer.panel.message == ""
            assert (explorer.panel.width, explorer.panel.height) == size == explorer.picture.size
        if choice.id == "step":
            explorer.step.value = explorer.last
    assert explorer.panel.mime == "image/svg+xml"
    assert explorer.panel.picture.startswith(b"<svg")


def test_moving_an_input_computes_anew(lesson):
    lesson.step.value = lesson.last
    for x in lesson.choices[1].values:
        lesson.x.value = x
        z = x**5 + 9
        assert lesson.facts().splitlines()[2].endswith(f"y = {plain(8 * z**3 + z**2 + 5)}.")
        assert f"∂y/∂x = {plain((24 * z**2 + 2 * z) * 5 * x**4)}." in lesson.facts()
    lesson.x.value = 1


def test_the_buttons_go_one_step_and_rest_at_the_ends():
    explorer = graph()
    assert explorer.panel.off == ["back"]
    for step in range(1, explorer.last + 1):
        explorer.hear({"press": "next"})
        assert explorer.step.value == step
    assert explorer.panel.off == ["next"]
    explorer.hear({"press": "next"})
    assert explorer.step.value == explorer.last
    explorer.hear({"press": "back"})
    assert explorer.step.value == explorer.last - 1
    assert explorer.panel.off == []
    assert explorer.panel.message == ""


def test_the_given_value_is_among_41_around_it():
    for value in (0.0, 1, -0.37, 19.99, 20, -1234.5, 1e20, 1e-9):
        values = around(value)
        assert len(set(values)) == 41
        assert values[20] == value
        assert list(values) == sorted(values)
        assert all(str(v) != "-0.0" for v in values)


def test_inputs_may_have_the_names_of_the_explorers_own_parts():
    explorer = graph("step*panel + self*x", step=2, panel=3, self=4, x=5)
    assert [choice.id for choice in explorer.choices] == ["step", "step_", "panel_", "self_", "x"]
    explorer.step.value = explorer.last
    explorer.step_.value = 2.1
    assert "∂y/∂panel = 2.1" in explorer.facts()


@pytest.mark.parametrize("order", [("step", "step_"), ("step_", "step")])
def test_inputs_whose_names_differ_in_a_last_underscore_have_a_control_each(order):
    first, second = order
    explorer = graph(f"{first}*2 + {second}*3", step=1, step_=2)
    wanted = {"step": "step__", "step_": "step_"}
    controls = [choice.id for choice in explorer.choices]
    assert controls == ["step", *(wanted[name] for name in order)]
    explorer.step.value = explorer.last
    explorer.step__.value, explorer.step_.value = 1.1, 2.2
    assert explorer.panel.message == ""
    assert "step = 1.1" in explorer.facts() and "step_ = 2.2" in explorer.facts()


def test_what_is_no_finite_number_is_said():
    explorer = graph("log(x)*2", x=1.0)
    explorer.step.value = 1
    explorer.x.value = -0.5
    assert "Here it breaks: u₁ = nan is no finite number" in explorer.facts()
    explorer.step.value = 0
    assert "breaks" not in explorer.facts()
    explorer = graph("sqrt(x)", x=0.0)
    explorer.step.value = 2
    assert "the slope ∂y/∂x is not" in explorer.facts()
    explorer = graph("x**9*x**9*exp(x)", x=1e30)
    explorer.step.value = explorer.last
    assert "Here it breaks: u₂ = inf is no finite number" in explorer.facts()
    assert explorer.panel.message == ""


def test_two_explorers_do_not_share_anything():
    one, other = graph(), graph()
    one.step.value = 5
    one.x.value = 2.0
    assert other.step.value == 0 and other.x.value == 1
    assert other.facts() == graph().facts()


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(lesson):
    for step in (0, 7, 14):
        lesson.step.value = step
        bundle, metadata = lesson._repr_mimebundle_()
        assert bundle["text/plain"] == metadata["image/png"]["alt"] == lesson.facts()
        assert len(bundle["image/png"]) * 3 / 4 < 40_000


def test_the_words_are_sentences_without_minus_zero(lesson):
    for step in range(lesson.last + 1):
        lesson.step.value = step
        assert all(line.endswith(".") for line in lesson.facts().splitlines())
        assert not re.search(r"np\.|array|None|\$|-0(?![.\d])", lesson.facts())
