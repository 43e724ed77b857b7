"""The checks call blanks "not yet", right answers right in any style, and wrong ones wrong."""

import ast
import contextlib
import importlib.util
import linecache
import re
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import numpy as np
import pytest
from execute import run
from nbformat.v4 import new_code_cell, new_notebook

import mlpkit
from mlpkit import checks, i18n
from mlpkit.checks import card, store
from mlpkit.checks.gradient_descent import SIGN_BUG

SOLUTIONS = Path(__file__).with_name("solutions")
FILES = {path.stem.split("-", 1)[1][:-3]: path for path in sorted(SOLUTIONS.glob("*/*.py"))}
NUMBERS = count()


def solution(name):
    """The text of the right answer to an exercise."""
    return FILES[name.replace("_", "-")].read_text(encoding="utf-8")


def notebook():
    """The names of a notebook after its setup cell, with mlpkit's own standing in."""
    names = {exercise.binds: exercise.reference for exercise in checks.EXERCISES.values()}
    return {"__name__": "__main__", "np": np, **names}


def cell(source, names):
    """Execute a cell as a notebook does: its text stays in linecache."""
    file = f"<cell {next(NUMBERS)}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(compile(source, file, "exec"), names)
    return names


def answer(name, source):
    """The object that a cell with this source binds for an exercise."""
    return cell(source, notebook())[checks.EXERCISES[name].binds]


def judge(name, source):
    """The verdict on the answer in `source`."""
    return checks.judge(name, answer(name, source))


def blank(name, body="# your code"):
    """The blank of an exercise: its right answer with the bodies taken out."""
    lines = solution(name).splitlines(keepends=True)
    for node in reversed(list(ast.walk(ast.parse("".join(lines))))):
        if isinstance(node, ast.FunctionDef):
            start = node.body[0].end_lineno  # the docstring stays
            indent = " " * node.body[0].col_offset
            lines[start : node.end_lineno] = [f"{indent}{body}\n"]
    return "".join(lines)


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A new, empty home for my_framework.py, and no verdicts yet."""
    monkeypatch.setenv("MLPKIT_HOME", str(tmp_path))
    monkeypatch.setattr(checks, "latest", {})
    return tmp_path


# --- Blanks


BODIES = ["# your code", "pass", "...", "raise NotImplementedError", "raise NotImplementedError()"]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", checks.exercises())
def test_a_blank_is_not_yet(name, body):
    verdict = judge(name, blank(name, body))
    assert verdict.status == "not yet"
    assert verdict.message.startswith("Your turn — until then mlpkit's own")


@pytest.mark.parametrize("name", checks.exercises())
def test_a_blank_is_replaced_by_the_reference(name, capsys):
    reference = checks.EXERCISES[name].reference
    assert getattr(checks, name)(answer(name, blank(name))) is reference
    assert capsys.readouterr().out.startswith(f"○ {name}: not yet. Your turn")


def test_methods_that_are_still_blank_are_named():
    start = "        self.n = n_in\n\n    def forward"
    half = re.sub(r" *# your code\n\n    def forward", start, blank("linear"), count=1)
    verdict = judge("linear", half)
    assert verdict.status == "not yet"
    assert verdict.message.startswith("Still blank: forward, backward, parameters —")


GIVEN = {
    "as it stands": SIGN_BUG,
    "with comments, spaces, brackets and a docstring": """
def neuron_step(w, b, x, y, lr):
    '''One step downhill?'''
    o = (1 / (1 + np.exp(-((x @ w) + b))))  # forward

    delta = 2 * (y-o) * o * (1-o) / len(y)
    # your code
    return (w - lr * x.T @ delta, b - lr * delta.sum())
""",
    "with other names inside": """
def neuron_step(weights, bias, x, target, eta: float):
    out = 1 / (1 + np.exp(-(x @ weights + bias)))
    d = 2 * (target - out) * out * (1 - out) / len(target)
    return weights - eta * x.T @ d, bias - eta * d.sum()
""",
}


@pytest.mark.parametrize("layout", GIVEN)
def test_code_given_to_be_mended_is_not_yet_while_it_is_as_given(layout):
    verdict = judge("sign_bug", GIVEN[layout])
    assert verdict.status == "not yet"
    assert verdict.message.startswith("Your turn — until then mlpkit's own neuron_step stands in")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2 * (y - o)", "-2 * (o - y)"),
        ("x.T @ delta", "(delta @ x)"),
        ("    return", "    lr = 1 * lr\n    return"),
    ],
)
def test_code_written_anew_with_the_given_bug_is_wrong(old, new):
    assert old in SIGN_BUG
    verdict = judge("sign_bug", SIGN_BUG.replace(old, new))
    assert (verdict.status, verdict.mistake) == ("wrong", "wrong-sign")


def test_swapping_two_names_of_the_given_code_changes_it():
    source = SIGN_BUG.replace("(w, b, x, y, lr)", "(w, b, y, x, lr)")
    assert judge("sign_bug", source).status == "wrong"


def test_an_empty_class_is_not_yet():
    assert judge("net", "class Net:\n    pass").status == "not yet"


@pytest.mark.parametrize("name", checks.exercises())
def test_the_reference_is_not_yet(name):
    verdict = checks.judge(name, checks.EXERCISES[name].reference)
    assert verdict.status == "not yet"
    assert "run the cell above again" in verdict.message


def test_a_subclass_of_the_reference_is_not_yet():
    assert judge("relu", "import mlpkit\nclass ReLU(mlpkit.ReLU):\n    pass").status == "not yet"


def test_without_its_text_an_answer_is_judged_by_what_it_does():
    names = notebook()
    exec(compile(solution("softmax"), "<lost>", "exec"), names)
    assert checks.judge("softmax", names["softmax"]).status == "right"
    exec(compile(blank("softmax"), "<lost>", "exec"), names)
    assert checks.judge("softmax", names["softmax"]).status == "wrong"


# --- Right answers


@pytest.mark.parametrize("name", checks.exercises())
def test_the_solution_is_right(name, capsys):
    own = answer(name, solution(name))
    assert getattr(checks, name)(own) is own
    binds = checks.EXERCISES[name].binds
    expected = f"✓ {name}: right. Your {binds} is in use from here on. Saved in my_framework.py.\n"
    assert capsys.readouterr().out == expected


STYLES = {
    "squared_error in a loop": """
def squared_error(y_hat, y):
    loss, slopes = 0, []
    for a, b in zip(y_hat, y):
        loss += (a - b) ** 2
        slopes.append(2 * (a - b) / len(y))
    return [loss / len(y), slopes]
""",
    "softmax in loops": """
import math
def softmax(scores):
    rows = []
    for row in scores:
        e = [math.exp(v - max(row)) for v in row]
        rows.append([v / sum(e) for v in e])
    return rows
""",
    "softmax in float32": """
def softmax(scores):
    e = np.exp((scores - scores.max(1)[:, None]).astype(np.float32))
    return e / np.einsum("ij->i", e)[:, None]
""",
    "softmax by its logarithm": """
def softmax(scores, axis=-1):
    scores = scores - np.max(scores, axis=axis, keepdims=True)
    return np.exp(scores - np.log(np.sum(np.exp(scores), axis=axis, keepdims=True)))
""",
    "cross_entropy sample by sample": """
class CrossEntropyLoss:
    def forward(self, scores, y):
        self.rows, total = [], 0.0
        for row, label in zip(scores, y):
            e = np.exp(row - row.max())
            total += np.log(e.sum()) - (row[label] - row.max())
            self.rows.append(e / e.sum() - np.eye(len(row))[label])
        return total / len(y)
    def backward(self):
        return np.array(self.rows) / len(self.rows)
""",
    "linear with einsum and more methods": """
class Linear:
    kind = "dense"
    def __init__(self, inputs, outputs, rng=None):
        rng = np.random.default_rng(rng)
        limit = np.sqrt(6 / (inputs + outputs))
        self.W = rng.uniform(-limit, limit, (inputs, outputs))
        self.b = np.array([0.0] * outputs)
    def __call__(self, x):
        return self.forward(x)
    def forward(self, x):
        self.inputs = x
        return np.einsum("ni,io->no", x, self.W) + self.b
    def backward(self, dout):
        self.dW = np.einsum("ni,no->io", self.inputs, dout)
        self.db = np.einsum("no->o", dout)
        return np.einsum("no,io->ni", dout, self.W)
    def parameters(self):
        return [["b", self.b, self.db], ["W", self.W, self.dW]]
""",
    "tanh that keeps its input": """
class Tanh:
    def forward(self, x):
        self.x = x
        return np.tanh(x)
    def backward(self, dout):
        return dout / np.cosh(np.clip(self.x, -300, 300)) ** 2
""",
    "relu with where": """
class ReLU:
    def forward(self, z):
        self.mask = z > 0
        return np.where(self.mask, z, 0)
    def backward(self, d):
        d = d.copy()
        d[~self.mask] = 0
        return d
""",
    "sigmoid by cases": """
class Sigmoid:
    def forward(self, x):
        e = np.exp(-np.abs(x))
        self.a = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
        return self.a
    def backward(self, dout):
        return dout * self.a - dout * self.a**2
""",
    "net that keeps a tuple and names by place": """
class Net:
    def __init__(self, *parts):
        self.layers = parts
    def forward(self, x):
        self.values = [x]
        for part in self.layers:
            self.values.append(part.forward(self.values[-1]))
        return self.values[-1]
    def backward(self, d):
        for i in range(len(self.layers) - 1, -1, -1):
            d = self.layers[i].backward(d)
        return d
    def parameters(self):
        found = []
        for i, part in enumerate(self.layers):
            try:
                triples = list(part.parameters())
            except AttributeError:
                continue
            found += [(f"layer {i} {name}", value, gradient) for name, value, gradient in triples]
        return found
    def predict(self, x):
        return [int(np.argmax(row)) for row in self.forward(x)]
""",
    "sgd with other names": """
class SGD:
    def __init__(self, model, eta):
        self.model, self.lr = model, eta
    def step(self):
        for name, value, gradient in self.model.parameters():
            value[...] = value - self.lr * gradient
""",
    "minibatches as a list": """
def minibatches(x, y, batch_size, rng):
    order = list(range(len(x)))
    rng.shuffle(order)
    parts = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    return [[x[part], y[part]] for part in parts]
""",
    "training_loop without minibatches, printing": """
def train(net, loss, optimizer, x, y, batch_size=32, epochs=10, rng=None, verbose=False):
    history = []
    for epoch in range(epochs):
        order, losses = rng.permutation(len(x)), []
        for i in range(0, len(x), batch_size):
            xb, yb = x[order[i : i + batch_size]], y[order[i : i + batch_size]]
            value = loss.forward(scores=net.forward(x=xb), y=yb)
            net.backward(dout=loss.backward())
            optimizer.step()
            losses += [value] * len(xb)
        history.append(np.mean(losses))
        if verbose:
            print(epoch, history[-1], np.mean(net.predict(x) == y))
    return np.array(history)
""",
    "scale_pixels picture by picture": """
def scale_pixels(images):
    return np.stack([image.ravel() / np.float32(255) for image in images]).astype("float32")
""",
    "one_layer that starts from zero": """
def one_layer(rng):
    layer = Linear(784, 10, rng)
    layer.W[:] = 0
    return Net(layer)
""",
    "two_layers with a small tanh layer": """
def two_layers(rng):
    return Net(Linear(784, 20, rng), Tanh(), Linear(20, 10, rng))
""",
    "two_layers with sigmoid and more units": """
def two_layers(rng=0):
    return Net(*[Linear(784, 128, rng), Sigmoid(), Linear(128, 10, rng)])
""",
    "three_layers with sigmoids": """
def three_layers(rng):
    first, second = Linear(784, 64, rng), Linear(64, 32, rng)
    return Net(first, Sigmoid(), second, Sigmoid(), Linear(32, 10, rng))
""",
    "confusion by comparing": """
def confusion(y, y_hat):
    return [[np.sum((y == i) & (y_hat == j)) for j in range(10)] for i in range(10)]
""",
}


@pytest.mark.parametrize("style", STYLES)
def test_another_style_is_right(style):
    name = style.split(" ")[0]
    assert judge(name, STYLES[style]) == (
        "right", None, f"Your {checks.EXERCISES[name].binds} is in use from here on."
    )  # fmt: skip


# --- Wrong answers: text of the solution, what stands there instead, and what the message says,
# a regular expression in which ~ leaves out any text.

WRONG = {
    "squared_error": [
        (
            "2 * r / len(r)",
            "-2 * r / len(r)",
            r"dy_hat .*\n.*y_hat \(1,\) = \[3\]~yours: \(1,\) = \[-4\]\nexpected: \(1,\) = \[4\]",
        ),
        ("2 * r / len(r)", "2 * r", r"yours: \(2,\) = \[-2, 4\]\nexpected: \(2,\) = \[-1, 2\]"),
        ("np.mean(r**2)", "np.sum(r**2)", r"loss is .*\n.*\n.*\nyours: 5\nexpected: 2.5"),
        (
            "np.mean(r**2), 2",
            "2",
            r"two things\.~yours: \(1,\) = \[4\]\nexpected: \(loss, dy_hat\)",
        ),
        ("r = y_hat - y", "y_hat -= y\n    r = y_hat", r"changes its input y_hat in place"),
        ("np.mean(r**2)", "r**2", r"loss has the wrong shape~yours: \(1,\) = \[4\]\nexpected: 4"),
    ],
    "rmse": [
        ("np.sqrt(np.mean(r**2))", "np.mean(r**2)", r"root is missing~yours: 4\nexpected: 2"),
        ("np.mean(r**2)", "np.sum(r**2)", r"y_hat \(2,\) = \[2, -4\]~yours: 7.07107\nexpected: 5"),
        ("np.mean(r**2)", "r**2", r"wrong shape~yours: \(1,\) = \[2\]\nexpected: 2"),
        ("np.sqrt(np.mean(r**2))", "'2'", r"rmse is no number~yours: '2'\nexpected: 2"),
    ],
    "surface_gradient": [
        ("2 * x", "x", r"dx is another~input: x 3\ninput: y 2\nyours: 3\nexpected: 6"),
        ("2 * x, 3 * y**2", "2 * x + 3 * y**2", r"two things\.~yours: 18\nexpected: \(dx, dy\)"),
        ("3 * y**2", "3 * abs(y) * y", r"dy is another~y -0.5\nyours: -0.75\nexpected: 0.75"),
        ("3 * y**2", "3 * np.sum(y) ** 2", r"dy has the wrong shape~yours: 0\n"),
    ],
    "update": [
        ("- lr * db", "+ lr * db", r"uphill~b after the step is~yours: 1.2\nexpected: 0.8"),
        ("lr * dw", "lr * dw * w", r"w after the step~yours: 1.8\nexpected: 2.6"),
        ("w - lr * dw, b - lr * db", "w - lr * dw", r"two things~yours: 2.6\nexpected: \(w, b\)"),
        (
            "return w - lr * dw",
            "w -= lr * dw\n    return w",
            r"changes its input w in place~w before: \(3,\) = \[1, -2, 0.5\]\nw after: \(3,\)",
        ),
    ],
    "sign_bug": [
        ("2 * (o", "-2 * (o", r"uphill~w after~yours: \(1,\) = \[-0.25\]~= \[0.25\]"),
        ("b - lr", "b + lr", r"Only one~b after the step~yours: -0.25\nexpected: 0.25"),
        (" / len(y)", "", r"1/N is missing~w after the step has other"),
        ("w - lr * x.T @ delta, ", "", r"two things~yours: 0.25\nexpected: \(w, b\)"),
    ],
    "chain_rule": [
        (" * 5 * x**4", "", r"inner derivative is missing~x 1\nyours: 2420\nexpected: 12100"),
        ("x**4", "x**5", r"x -0.5\nyours: -304.447\nexpected: 608.894"),
        ("24 * z**2 +", "24 * z**2 * 5 * x**4 +", r"dy/dx is another number"),
        ("x**5 + 9", "np.sum(x**5) + 9", r"dy/dx has other numbers~x \(3,\)"),
    ],
    "neuron": [
        (
            "* (o - y) * o",
            "* (y - o) * o",
            r"wrong sign~yours: \(2,\) = \[0.25, 0.5\]~\[-0.25, -0.5\]",
        ),
        ("delta * x, delta", "delta * x", r"three things\.~expected: \(loss, dw, db\)"),
        ("x, delta", "x, 0", r"db is 0~db is another~yours: 0\nexpected: -0.25"),
        ("x, delta", "x, delta * x", r"db has the wrong shape~yours: \(2,\)"),
    ],
    "path_sum": [
        (
            "[1] * net222.W2[0, 1]",
            "[1] * 0",
            r"Only the path through ŷ₁~input: W1 \(2, 2\)~x \(2,\)",
        ),
        (") / 2 * y_hat", ") * y_hat", r"twice the slope~dw11 is another number"),
        ("    a1 =", "    net222.W1[0, 0] = 1\n    a1 =", r"changes its input W1 in place"),
    ],
    "hidden_delta": [
        ("W2.T", "W2", r"needs the transpose~delta1 has other numbers~a1 \(1, 2\)"),
        (" * a1 * (1 - a1)", "", r"yours: \(1, 1\) = \[\[6\]\]\nexpected: \(1, 1\) = \[\[1.5\]\]"),
        ("(1 - a1)", "(1 - a1).T", r"exception|wrong shape"),
    ],
    "accumulate": [
        ("penalty[:, 0] = 0", "penalty", r"pulls at the bias~theta\[0\] \(1, 2\)~lam 3\nyours"),
        ("+= np", "= np", r"Only the last sample~D\[0\] has other numbers"),
        ("    return D", "    return D[0]", r"no list~a list with one array for each Θ, 1 in all"),
        ("delta = a[-1][1:]", "X[t] = 0\n        delta = a[-1][1:]", r"its input X in place"),
    ],
    "vectorized": [
        ("+ penalty) / m", "+ penalty)", r"not divided by m~D\[0\]"),
        ("(delta.T @ below + penalty)", "(below.T @ delta + penalty.T)", r"Δ is transposed"),
        ("* (1 - below))[:, 1:]", ")[:, 1:]", r"D\[0\] has other~theta\[1\] \(1, 3\)"),
    ],
    "numerical_gradient": [
        ("/ (2 * h)", "/ 2 * h", r"Brackets~input: f w ↦ Σ w³ \+ \(Σ w\)²\ninput: w \(2,\)"),
        ("dtype=float", "copy=True", r"cut off~w \(3,\) = \[1, 2, 3\]"),
        ("h=1e-5", "h", r"exception\.\nTypeError: .*missing 1 required"),
        ("return dw", "return dw.ravel()", r"is flat~wrong shape"),
    ],
    "softmax": [
        (" - scores.max(axis=1, keepdims=True)", "", r"1000~yours: .*nan"),
        ("exp.sum(axis=1, keepdims=True)", "exp.sum()", r"expected: \(2, 2\) = \[\[0.5, 0.5\]"),
        (
            "exp.sum(axis=1, keepdims=True)",
            "exp.sum(axis=0, keepdims=True)",
            r"p has other .*\ninput: scores .*\[1, 2, 3\]\]\nyours: \(1, 3\) = \[\[1, 1, 1\]\]",
        ),
        ("exp.sum(axis=1, keepdims=True)", "exp.sum(axis=1)", r"\(2, 2\)"),
        (
            "exp / exp.sum(axis=1, keepdims=True)",
            "exp",
            r"expected: \(1, 3\) = \[\[0.0900306, 0.244728, 0.665241\]\]",
        ),
        (
            " - scores.max(axis=1, keepdims=True)",
            ".clip(-700, 700)",
            r"cut off~\[\[1000, 999\], ~yours: \(2, 2\) = \[\[0.5, 0.5\]",
        ),
        ("exp = np", "scores -= 1\n    exp = np", r"changes its input scores in place"),
    ],
    "cross_entropy": [
        ("dscores / len(self.y)", "dscores", r"dscores has other~\(2, 2\)"),
        ("-= 1", "+= 1", r"dscores~yours: \(1, 3\) = \[\[0.0900306, 0.244728, 1.66524\]\]"),
        ("dscores / len(self.y)", "list(dscores / len(self.y))", r"dscores is no NumPy array"),
        ("np.mean(np", "np.sum(np", r"loss is another~yours: 1.00641\nexpected: 0.503204"),
        ("self.p.copy()", "self.p", r"second"),
        (
            "np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y]",
            "-np.log(self.p[rows, y])",
            r"1000~yours: inf\nexpected: 2000",
        ),
        (
            "self.p, self.y = softmax(scores), y",
            "CrossEntropyLoss.p, self.y = softmax(scores), y",
            r"after another loss went forward",
        ),
    ],
    "linear": [
        (
            "self.db = dout.sum(axis=0)",
            "self.db = dout",
            r"db has the wrong shape~yours: \(1, 1\) = \[\[1\]\]\nexpected: \(1,\) = \[1\]",
        ),
        (
            "self.db = dout.sum(axis=0)",
            "self.db = dout[0]",
            r"db~\(2, 2\)~yours: \(2,\) = \[1, 0\]\nexpected: \(2,\) = \[2, 2\]",
        ),
        ("dout @ self.W.T", "dout @ self.W", r"ValueError: matmul~return dout @ self.W"),
        ("self.x.T @ dout", "self.x.T @ dout / len(dout)", r"dW has other~yours: "),
        (
            "(n_in, n_out))\n",
            "(n_out, n_in))\n",
            r"W has the wrong shape~n_in 3~yours: \(2, 3\)\nexpected: \(3, 2\)",
        ),
        ("self.dW = self.x", "self.dW = getattr(self, 'dW', 0) + self.x", r"dW of a second"),
        (
            "np.random.default_rng(rng)",
            "np.random.default_rng(1)",
            r"different seeds give the same W",
        ),
        (
            "np.random.default_rng(rng)",
            "np.random.default_rng()",
            r"same seed give two different W",
        ),
        ("np.sqrt(2 / n_in)", "1", r"spread~expected: about √\(2/n_in\) = 0.0707"),
        ('"W", self.W, self', '"W", self.W.copy(), self', r"copy of W"),
        (
            '"b", self.b, self.db',
            '"b", self.db, self.b',
            r"swapped~b in the third place~yours: \(name, db, b\)\nexpected: \(name, b, db\)",
        ),
        ("self.x = x", "Linear.x = x", r"dW"),
        (
            "np.zeros(n_out)",
            "np.array([0] * n_out)",
            r"must be float64~self.b~yours: int",
        ),
        (
            "self.dW = self.x.T @ dout",
            "self.dW = (self.x.T @ dout).tolist()",
            r"dW is no NumPy array",
        ),
        ("return dout @ self.W.T", "return list(dout @ self.W.T)", r"turn it into~dx is no NumPy"),
    ],
    "tanh": [
        ("(1 - self.a**2)", "self.a * (1 - self.a)", r"dx has other~x \(1, 1\) = \[\[0.5\]\]"),
        ("(1 - self.a**2)", "(1 - self.a)", r"dx has other~expected: \(1, 1\)"),
        ("np.tanh(x)", "np.sinh(x) / np.cosh(x)", r"1000~yours: .*nan"),
        ("dout * (1", "(1", r"dx has other"),
        (
            "return self.a",
            "return self.a.tolist()",
            r"turn it into~out is no NumPy array~yours: list\nexpected: np.ndarray",
        ),
        ("self.a = ", "Tanh.a = ", r"dx, after another layer went forward, has"),
    ],
    "relu": [
        ("* (self.a > 0)", "", r"dx has other~yours: \(1, 2\)"),
        ("(self.a > 0)", "self.a", r"dx has other"),
        (
            "np.maximum(0, x)",
            "np.abs(x)",
            r"out has other~yours: \(1, 2\) = \[\[1, 2\]\]\nexpected: \(1, 2\) = \[\[0, 2\]\]",
        ),
        (
            "self.a = np.maximum(0, x)",
            "x[x < 0] = 0\n        self.a = x",
            r"changes its input x in place",
        ),
        (
            "return dout * (self.a > 0)",
            "dout[self.a <= 0] = 0\n        return dout",
            r"changes its input dout in place",
        ),
        ("np.maximum(0, x)", "np.max(x)", r"wrong shape~yours: 0.5\nexpected: \(1, 1\)"),
    ],
    "sigmoid": [
        ("self.a * (1 - self.a)", "(1 - self.a**2)", r"dx has other~yours: "),
        (
            "(1 + np.tanh(x / 2)) / 2",
            "1 / (1 + np.exp(x))",
            r"yours: \(1, 1\) = \[\[0.377541\]\]\nexpected: \(1, 1\) = \[\[0.622459\]\]",
        ),
        ("(1 + np.tanh(x / 2)) / 2", "np.exp(x) / (1 + np.exp(x))", r"1000~nan"),
        ("self.a * (1 - self.a)", "self.a", r"dx has other"),
    ],
    "net": [
        (
            "reversed(self.layers)",
            "self.layers",
            r"backward, the order of the layers,~yours: .*\[\[123\]\]\nexpected: .*\[\[321\]\]",
        ),
        (
            "for layer in self.layers:",
            "for layer in reversed(self.layers):",
            r"forward, the order~321~123",
        ),
        ("axis=1", "axis=0", r"predict\(x\) has"),
        ('f"{name}{number}"', "name", r"yours: W, b, W, b\nexpected: four names"),
        ("value, gradient\n", "value.copy(), gradient\n", r"copy of W"),
        ("value, gradient\n", "gradient, value\n", r"swapped~W in the third place~yours: "),
        ("self.layers = list", "Net.layers = list", r"share their layers~After Net\(4\)"),
        ("list(layers)", "list(layers)[::-1]", r"self.layers is not"),
        (
            'if hasattr(layer, "parameters")',
            "",
            r"AttributeError: 'Bend' object has no attribute 'parameters'~in line",
        ),
        (
            'hasattr(layer, "parameters")',
            "isinstance(layer, Linear)",
            r"certain classes~hasattr~does not find~another class",
        ),
        (
            'hasattr(layer, "parameters")',
            "not isinstance(layer, Tanh | ReLU)",
            r"certain classes~hasattr~does not find~another class",
        ),
        ('hasattr(layer, "parameters")', 'hasattr(layer, "params")', r"yours: 0\nexpected: 4"),
    ],
    "sgd": [
        (
            "value -= ",
            "value += ",
            r"w after step 1~yours: \(1,\) = \[3.4\]\nexpected: \(1,\) = \[2.6\]",
        ),
        ("value -= ", "value = value - ", r"leaves w as it was~w \(1,\) = \[3\]~dw \(1,\) = \[4\]"),
        ("self.lr * gradient", "gradient", r"yours: \(1,\) = \[-1\]"),
        ("self.lr * gradient\n", "self.lr * gradient\n            break\n", r"leaves b|dW|b after"),
        (
            "self.net.parameters()",
            "self.triples",
            r"AttributeError: 'SGD' object has no attribute 'triples'",
        ),
    ],
    "minibatches": [
        ("rng.permutation(len(x))", "np.arange(len(x))", r"old order"),
        ("rng.permutation(len(x))", "np.random.default_rng(0).permutation(len(x))", r"same order"),
        ("rng.permutation(len(x))", "np.random.default_rng().permutation(len(x))", r"same seed"),
        (
            "range(0, len(x), batch_size)",
            "range(0, len(x) - batch_size + 1, batch_size)",
            r"exactly once~expected: \[0, 1, 2, 3, 4\]",
        ),
        ("y[batch]", "y[start : start + batch_size]", r"y of the rows"),
        ("start + batch_size", "start + 1", r"exactly once"),
        ("x[batch], y[batch]", "x[batch]", r"pairs"),
        (
            "order = rng.permutation(len(x))",
            "order = np.arange(len(x))\n    rng.shuffle(x)\n    y[:] = x[:, 0]",
            r"changes its input x",
        ),
        ("start : start + batch_size]", "start :]", r"exactly once"),
        ("y[batch]", "y[batch] * 1.0", r"floats~y of the rows in~yours: float64\nexpected: int"),
        (
            "order = rng.permutation(len(x))",
            "order = np.arange(len(x))\n"
            "    for rows in np.split(order, range(batch_size, len(x), batch_size)):\n"
            "        rng.shuffle(rows)",
            r"always share a batch~In two calls",
        ),
        (
            "range(0, len(x), batch_size)",
            "range(0, len(x))",
            r"more than once: walk~batch_size 2~rows that came: \[0, 0, 1, 1, 2, 3, 3\]",
        ),
    ],
    "training_loop": [
        (
            "            net.backward(loss.backward())\n            optimizer.step()",
            "            optimizer.step()\n            net.backward(loss.backward())",
            r"another order~yours: net.forward → loss.forward → optimizer.step",
        ),
        ("            optimizer.step()\n", "", r"never calls optimizer.step"),
        ("minibatches(x, y, batch_size, rng)", "[(x, y)]", r"batch_size 2~yours: 1\nexpected: 2"),
        (
            "minibatches(x, y, batch_size, rng)",
            "((x[i : i + 8][:batch_size], y[i : i + 8][:batch_size]) for i in range(0, len(x), 8))",
            r"The number of steps is wrong~yours: 1\nexpected: 2",
        ),
        (
            "in minibatches(x, y, batch_size, rng)",
            "in zip(*(np.split(a, range(batch_size, len(a), batch_size)) for a in (x, y)))",
            r"old order",
        ),
        (
            "minibatches(x, y, batch_size, rng)",
            "minibatches(x, y, batch_size, np.random.default_rng(0))",
            r"same order",
        ),
        ("len(x_batch) * loss", "loss", r"history"),
        ("total / len(x)", "total", r"history, the mean loss of each epoch~yours: "),
        ("loss.backward())\n", "np.ones((len(x_batch), 2)))\n", r"another order"),
        (
            "net.backward(loss.backward())",
            "net.backward(loss.backward() / len(x_batch))",
            r"what goes into net.backward",
        ),
        ("    return history", "    return total", r"no list"),
        (
            "minibatches(x, y, batch_size, rng)",
            "((x[i : i + batch_size], y[i : i + batch_size])"
            " for i in batch_size * rng.permutation(-(-len(x) // batch_size)))",
            r"always share a batch~In two epochs",
        ),
        (
            "net.forward(x_batch), y_batch",
            "net.forward(x), y",
            r"all rows~yours: \[4, 4\]~\[2, 2\]",
        ),
        (
            "            optimizer.step()\n",
            "            optimizer.step()\n            break\n",
            r"The number of steps is wrong~yours: 1\nexpected: 2",
        ),
        ("for _ in range(epochs):", "for _ in range(1):", r"yours: 3\nexpected: 6"),
    ],
    "scale_pixels": [
        (" / 255", "", r"at \[0, 1\] 255\nexpected: at \[0, 1\] 1"),
        ("np.float32", "np.float64", r"wrong type~yours: float64\nexpected: float32"),
        (
            "len(images), 784",
            "784, len(images)",
            r"wrong shape~yours: \(784, 1\)\nexpected: \(1, 784\)",
        ),
        (".reshape(len(images), 784)", "", r"yours: \(1, 28, 28\)\nexpected: \(1, 784\)"),
    ],
    "one_layer": [
        ("784, 10, rng", "784, 11, rng", r"yours: \(784, 11\)"),
        ("rng))", "0))", r"different seeds"),
        ("Net(Linear(784, 10, rng))", "Linear(784, 10, rng)", r"no Net~got an object of .* Linear"),
        ("Net(Linear(784, 10, rng))", "Net", r"This is no Net~got the class Net"),
        (
            "Linear(784, 10, rng)",
            "Linear(784, 30, rng), ReLU(), Linear(30, 10, rng)",
            r"yours: 2 ~expected: 1",
        ),
        (
            "Linear(784, 10, rng)",
            "Linear(784, 10, rng), Linear(10, 10, rng)",
            r"yours: 2 ~expected: 1",
        ),
    ],
    "two_layers": [
        ("ReLU(), ", "", r"no activation"),
        ("Linear(784, 256, rng), ReLU(), Linear(256", "Linear(784", r"yours: 1 ~expected: 2"),
        ("784, 256, rng", "28, 256, rng", r"yours: \(28, 256\) → \(256, 10\)"),
        (", rng), ReLU", ", 3), ReLU", r"different seeds"),
        ("256, 10, rng)", "256, 1, rng)", r"yours: \(784, 256\) → \(256, 1\)"),
    ],
    "three_layers": [
        (
            "Linear(100, 10, rng))",
            "Linear(100, 10, rng), Linear(10, 10, rng))",
            r"yours: 4 ~expected: 3",
        ),
        ("ReLU(), Linear(100", "Linear(100", r"Between the second and the third"),
        ("784, 300, rng), ReLU()", "784, 300, rng)", r"Between the first and the second"),
        ("    return Net", "    net = Net", r"Expected a Net, got None"),
    ],
    "confusion": [
        ("=int", "='u1'", r"y \(300,\)~yours: at \[7, 7\] 44\nexpected: at \[7, 7\] 300"),
        (
            "counts[true, predicted]",
            "counts[predicted, true]",
            r"y \(1,\) = \[3\]~y_hat \(1,\) = \[5\]~yours: at \[3, 5\] 0\nexpected: at \[3, 5\] 1",
        ),
        ("(10, 10)", "(9, 9)", r"yours: \(9, 9\)\nexpected: \(10, 10\)"),
        ("+= 1", "= 1", r"at \[3, 5\] 1\nexpected: at \[3, 5\] 2"),
        ("return counts", "return counts / len(y)", r"expected: at "),
    ],
}


def planted(name, old, new):
    """The solution with a mistake in it."""
    source = solution(name)
    assert old in source
    return source.replace(old, new)


CASES = [(name, *mistake) for name, mistakes in WRONG.items() for mistake in mistakes]


@pytest.mark.parametrize(("name", "old", "new", "says"), CASES)
def test_a_wrong_answer_is_wrong_and_the_message_shows_why(name, old, new, says):
    verdict = judge(name, planted(name, old, new))
    print(verdict.message)
    assert verdict.status == "wrong"
    assert re.search(says.replace("~", "(.|\n)*"), verdict.message), verdict.message


@pytest.mark.parametrize("name", checks.exercises())
def test_every_exercise_has_wrong_answers_planted(name):
    assert len(WRONG[name]) >= 3


# --- Whatever comes, a verdict

GARBAGE = {
    "None": "None",
    "a number": "3",
    "a text": "'softmax'",
    "a lambda": "lambda *a, **k: 1",
    "an array": "np.zeros(3)",
    "an object": "object()",
    "a type": "int",
    "a module": "np",
    "nan": "lambda *a, **k: float('nan')",
    "texts": "lambda *a, **k: ('a', 'b')",
    "a ragged list": "lambda *a, **k: [[1], [2, 3]]",
    "an exit": "lambda *a, **k: exit()",
    "a class without methods": "type('Empty', (), {'n': 3})",
}
RAISING = """
class Hidden(BaseException):
    def __str__(self):
        raise ValueError
class Meta(type):
    def __getattribute__(cls, name):
        raise Hidden
class Evil(metaclass=Meta):
    def __init__(self, *args):
        raise Hidden
class Any:
    def __getattr__(self, name):
        return lambda *args: name
class AnyClass:
    def __new__(cls, *args):
        return Any()
    def forward(self):
        return 1
def raising(*args, **kwargs):
    raise Hidden
def exits(*args, **kwargs):
    raise SystemExit(3)
def deep(*args, **kwargs):
    return deep(*args, **kwargs)
"""


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("name", checks.exercises())
def test_garbage_is_wrong_and_raises_nothing(name, kind):
    verdict = checks.judge(name, eval(GARBAGE[kind], {"np": np, "__name__": "__main__"}))
    empty = kind == "a class without methods" and checks.EXERCISES[name].methods
    assert verdict.status == ("not yet" if empty else "wrong")
    assert "0x" not in verdict.message


@pytest.mark.parametrize("kind", ["Evil", "Any", "AnyClass", "raising", "exits", "deep"])
@pytest.mark.parametrize("name", checks.exercises())
def test_code_that_raises_is_wrong_and_raises_nothing(name, kind, capsys):
    hostile = cell(RAISING, {})[kind]
    assert checks.judge(name, hostile).status == "wrong"
    assert getattr(checks, name)(hostile) is checks.EXERCISES[name].reference


def test_an_unknown_exercise_is_refused():
    with pytest.raises(ValueError, match="name: expected one of squared_error, rmse"):
        checks.judge("soft_max", None)


def test_an_exception_is_shown_with_the_learners_line():
    source = "def softmax(scores):\n    e = np.exp(scores)\n    return e / e.sum(axis=2)\n"
    message = judge("softmax", source).message
    assert message.splitlines()[0] == "Your code raises an exception."
    assert "axis 2 is out of bounds" in message
    assert message.splitlines()[-1] == "in line 3: return e / e.sum(axis=2)"


def test_an_exception_in_a_helper_is_shown_with_the_helpers_line():
    source = (
        "def half(x):\n    return x / nothing\n\ndef softmax(scores):\n    return half(scores)\n"
    )
    message = judge("softmax", source).message
    assert "NameError: name 'nothing' is not defined" in message
    assert message.endswith("in line 2: return x / nothing")


SLIPS = [  # text of the solution and what stands there instead: no known mistake explains it
    ("accumulate", "np.append(1, X[t])", "X[t]"),
    ("accumulate", "np.append(1, X[t])", "np.concatenate([1, X[t]])"),
    ("accumulate", "a[-1][1:] - Y[t]", "a[-1] - Y[t]"),
    ("accumulate", "T @ a[-1]", "T @ a[-1][1:]"),
    ("vectorized", "np.hstack([ones, X])", "X"),
    ("vectorized", "np.hstack([ones, X])", "np.hstack([1, X])"),
    ("vectorized", "a[-1] @ T.T", "a[-1] @ T"),
    ("surface_gradient", "y**2", "y^2"),
    ("surface_gradient", "y**2", "np.sqr(y)"),
    ("surface_gradient", "3 * y**2", "3 * y(2)"),
    ("surface_gradient", "(x, y):", "(x):"),
    ("update", "lr * db", "lr(db)"),
    ("chain_rule", "x**4", "x^4"),
    ("net", "layer.parameters():", "layer.paramters():"),
    ("net", "in layer.parameters():", "in layer:"),
]
BACK = (
    "delta = (theta[layer].T @ delta * a[layer] * (1 - a[layer]))[1:]",
    "delta = theta[layer][:, 1:] @ delta * a[layer][1:] * (1 - a[layer][1:])",
)
TOLD = [  # and the same for exceptions and products that a known mistake does explain
    ("accumulate", BACK[0], BACK[1], "not-transposed"),
    ("accumulate", BACK[0], "if layer:\n                " + BACK[1], "not-transposed"),
    ("surface_gradient", "    return", "    x = x.copy()\n    return", "arrays-only"),
    ("surface_gradient", "2 * x,", "np.array([2 * v for v in x]),", "arrays-only"),
    ("surface_gradient", "2 * x", "2 * x if x > 0 else 2 * x", "numbers-only"),
    ("update", "w - lr * dw", "w.astype(float) - lr * dw", "arrays-only"),
    ("net", ' if hasattr(layer, "parameters")', "", "asks-every-layer"),
]


@pytest.mark.parametrize(("name", "old", "new"), SLIPS)
def test_an_exception_of_another_cause_gets_no_known_mistake(name, old, new):
    verdict = judge(name, planted(name, old, new))
    assert (verdict.status, verdict.mistake) == ("wrong", None), verdict.message
    assert verdict.message.startswith("Your code raises an exception.\n")


@pytest.mark.parametrize(("name", "old", "new", "code"), TOLD)
def test_a_known_mistake_that_raises_is_named(name, old, new, code):
    verdict = judge(name, planted(name, old, new))
    assert (verdict.status, verdict.mistake) == ("wrong", code), verdict.message


def test_a_check_gets_its_numbers_from_the_same_place_each_time():
    wrong = answer("softmax", planted("softmax", "axis=1", "axis=0"))
    assert checks.judge("softmax", wrong) == checks.judge("softmax", wrong)


def test_exercises_are_those_of_the_course():
    assert checks.exercises() == [
        *("squared_error", "rmse", "surface_gradient", "update", "minibatches", "sign_bug"),
        *("chain_rule", "neuron", "path_sum", "hidden_delta", "accumulate", "vectorized"),
        "numerical_gradient",
        *("softmax", "cross_entropy", "linear", "tanh", "relu", "sigmoid", "net", "sgd"),
        *("training_loop",),
        *("scale_pixels", "one_layer", "two_layers", "three_layers", "confusion"),
    ]


# --- Cards


def test_a_wrong_answer_gives_back_the_reference_and_shows_the_example(capsys):
    wrong = answer("squared_error", planted("squared_error", "np.mean", "np.sum"))
    assert checks.squared_error(wrong) is checks.EXERCISES["squared_error"].reference
    assert capsys.readouterr().out == (
        "✗ squared_error: wrong. The loss is the sum of r²; divide it by N to get the mean.\n"
        "  loss is another number than expected.\n"
        "  input: y_hat (2,) = [2, 5]\n  input: y (2,) = [3, 3]\n  yours: 5\n  expected: 2.5\n"
        "  Read again: 3. Losses for values, or 1. Errors in GradientDescent\n"
    )


def test_a_card_says_in_words_what_its_color_says_and_shows_code_as_it_is():
    text = card.words("net", "wrong", "a < b & c\nyours: <x>")
    markup = card.markup(text, "wrong")
    assert "<b>✗ net: wrong.</b> a &lt; b &amp; c<span" in markup
    assert f'"{card.MONO}">yours: &lt;x&gt;</span>' in markup


@pytest.mark.parametrize("code", ["en", "fa"])
def test_sentences_of_a_card_are_set_as_prose(code, monkeypatch):
    monkeypatch.setattr(i18n, "chosen", code)
    sentences = [
        card._("Your code raises an exception."),
        card._("Read again: {section}", section=3),
    ]
    markup = card.markup("\n".join(["✗ net: wrong. No.", *sentences]), "wrong")
    assert "monospace" not in markup and markup.count(f'"{card.PROSE}"') == 2


# --- my_framework.py

HELPERS = """
import math
from math import exp, log as ln
import numpy.linalg as la
from mlpkit import accuracy
EPS = 1e-12
SIZES = (1, 2)
unused = object()

def shifted(scores):
    # the same p, no overflow
    return scores - largest(scores) + EPS

def largest(scores):
    return scores.max(axis=1, keepdims=True)

def softmax(scores):
    e = np.exp(shifted(scores)) * SIZES[0] * exp(0) + ln(1) * la.norm(scores) * math.pi
    return e / e.sum(axis=1, keepdims=True)
"""


TOP = '''"""My own neural-network framework, written and checked in the course mlpkit."""

import math
from math import exp
from math import log as ln

import numpy as np
import numpy.linalg as la

'''


def saved(home):
    """The learner's file, imported as a module of its own."""
    spec = importlib.util.spec_from_file_location("my_framework", home / "my_framework.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(home):
    """The text of the learner's file."""
    return (home / "my_framework.py").read_text(encoding="utf-8")


def test_what_an_answer_uses_is_saved_with_it(home, capsys):
    checks.softmax(answer("softmax", HELPERS))
    head, helpers = text_of(home).split("# --- helpers ---\n")
    assert head == TOP
    assert helpers.startswith("SIZES = (1, 2)\nEPS = 1e-12\n\n\ndef largest(scores):")
    assert "# the same p, no overflow" in text_of(home)
    assert "accuracy" not in text_of(home)
    assert "unused" not in text_of(home)
    scores = np.array([[1.0, 2.0], [1000.0, -1000.0]])
    np.testing.assert_allclose(saved(home).softmax(scores).sum(axis=1), 1)


HEADED = """
def largest(scores):
# --- highest ---
    return scores.max(axis=1, keepdims=True)


def softmax(scores):
    '''Shift, then share.
# --- relu ---
    '''
# --- shift ---
    e = np.exp(scores - largest(scores))
# --- helpers ---
    return e / e.sum(axis=1, keepdims=True)
"""


def test_an_answer_with_headings_like_the_files_own_is_kept_whole(home, capsys):
    checks.softmax(answer("softmax", HEADED))
    checks.relu(answer("relu", solution("relu")))
    answers, broken = store.load()
    assert (set(answers), broken) == ({"softmax", "relu"}, {})
    words = ["highest", "relu", "shift", "helpers"]
    assert re.findall(r"(?m)^# -- (\w+) --$", text_of(home)) == words
    np.testing.assert_allclose(saved(home).softmax(np.zeros((1, 4))), 0.25)
    assert checks.softmax(answers["softmax"]) is answers["softmax"]
    assert "✓ softmax: right." in capsys.readouterr().out


def test_all_solutions_give_one_importable_file_in_the_order_of_the_lessons(home, capsys):
    names = notebook()
    for name in reversed(checks.exercises()):
        getattr(checks, name)(cell(solution(name), names)[checks.EXERCISES[name].binds])
    assert re.findall(r"(?m)^# --- (\w+) ---$", text_of(home)) == checks.exercises()
    assert "mlpkit import" not in text_of(home)
    assert "# your code" not in text_of(home)
    assert saved(home).train.__doc__ == "→ history, a list with the mean loss of each epoch"
    assert [path.name for path in home.glob("*.tmp")] == []


def test_a_saved_file_is_well_written(home, capsys):
    checks.softmax(answer("softmax", HELPERS))
    checks.training_loop(answer("training_loop", solution("training_loop")))
    for command in (["check", "--select", "E,F,I"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--line-length", "100"]
        course = ["--config", 'lint.isort.known-first-party=["mlpkit"]', "my_framework.py"]
        result = subprocess.run([*ruff, *course], cwd=home, capture_output=True)
        assert result.returncode == 0, result.stdout.decode()


def test_parts_that_are_not_the_learners_are_imported_from_mlpkit(home, capsys):
    checks.training_loop(answer("training_loop", solution("training_loop")))
    assert "from mlpkit.checks.reference import minibatches\n" in text_of(home)
    checks.minibatches(answer("minibatches", solution("minibatches")))
    assert "mlpkit.checks" not in text_of(home)
    module = saved(home)
    assert module.train.__globals__["minibatches"] is module.minibatches


def test_an_answer_given_again_replaces_its_block_and_the_former_file_is_kept(home, capsys):
    checks.softmax(answer("softmax", HELPERS))
    before = text_of(home)
    checks.softmax(answer("softmax", solution("softmax")))
    assert text_of(home).count("def softmax") == 1
    assert "EPS" not in text_of(home)
    assert (home / "my_framework.py.bak").read_text(encoding="utf-8") == before


def test_a_wrong_answer_leaves_the_saved_one(home, capsys):
    checks.softmax(answer("softmax", solution("softmax")))
    before = text_of(home)
    checks.softmax(answer("softmax", blank("softmax")))
    checks.softmax(answer("softmax", planted("softmax", "axis=1", "axis=0")))
    assert text_of(home) == before


def test_where_nothing_can_be_written_the_lesson_goes_on(home, monkeypatch, capsys):
    (home / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MLPKIT_HOME", str(home / "file" / "folder"))
    own = answer("softmax", solution("softmax"))
    assert checks.softmax(own) is own
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✓ softmax: right. Your softmax is in use from here on."
    assert lines[1].startswith("  It could not be saved in my_framework.py: the folder does not")


def test_a_failed_write_leaves_the_former_file(home, monkeypatch, capsys):
    checks.softmax(answer("softmax", solution("softmax")))
    before = text_of(home)

    def refuse(*args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(store.os, "replace", refuse)
    checks.softmax(answer("softmax", HELPERS))
    assert "the folder does not allow it (Permission denied)" in capsys.readouterr().out
    assert text_of(home) == before
    assert [path.name for path in home.iterdir()] == ["my_framework.py"]


def links_are_allowed():
    """Whether this account may make links: on Windows, few may."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(OSError):
        Path(folder, "link").symlink_to("file")
        return True
    return False


@pytest.mark.parametrize("is_link", [False, True] if links_are_allowed() else [False])
def test_a_file_that_lies_elsewhere_is_followed_and_has_the_permissions_of_any_file(home, is_link):
    real = home / "elsewhere" / "mine.py" if is_link else home / "my_framework.py"
    if is_link:
        real.parent.mkdir()
        (home / "my_framework.py").symlink_to(real)
    for source in (HELPERS, solution("softmax")):
        checks.softmax(answer("softmax", source))
    assert (home / "my_framework.py").is_symlink() == is_link
    assert real.read_text(encoding="utf-8") == text_of(home)
    (home / "any").write_bytes(b"")
    names = ("any", "my_framework.py", "my_framework.py.bak")
    assert len({(home / name).stat().st_mode for name in names}) == 1


def test_a_folder_of_the_files_name_is_named(home, capsys):
    (home / "my_framework.py").mkdir()
    checks.softmax(answer("softmax", solution("softmax")))
    assert "the folder does not allow it" in capsys.readouterr().out


def test_what_cannot_be_written_down_is_named(capsys):
    source = solution("softmax").replace("return exp", "return table[0] * exp")
    names = notebook() | {"table": np.ones(1)}
    checks.softmax(cell(source, names)["softmax"])
    message = "it uses table from the notebook, which is neither code nor a plain value"
    assert message in capsys.readouterr().out


SOFTMAX = """
def softmax(scores):
    e = exp(scores - max(scores, axis=1, keepdims=True))
    return e / sum(e, axis=1, keepdims=True)
"""


@pytest.mark.parametrize("line", ["from numpy import exp, max, sum", "from numpy import *"])
def test_names_that_python_has_too_are_saved_as_the_notebook_means_them(home, line, capsys):
    checks.softmax(answer("softmax", line + SOFTMAX))
    assert "from numpy import exp, max, sum\n" in text_of(home)
    answers, broken = store.load()
    assert not broken
    assert checks.judge("softmax", answers["softmax"]).status == "right"
    checks.softmax(answers["softmax"])
    assert "from numpy import exp, max, sum\n" in text_of(home)
    checks.softmax(answer("softmax", solution("softmax")))
    assert "from numpy" not in text_of(home)


def test_a_helper_with_a_name_of_pythons_is_saved(home, capsys):
    source = solution("rmse").replace("np.mean(r**2)", "sum(r**2) / len(r)")
    checks.rmse(answer("rmse", "def sum(r):\n    return np.sum(r)\n\n\n" + source))
    assert "def sum(r):" in text_of(home)
    assert saved(home).rmse(np.array([3.0]), np.array([1.0])) == 2


@pytest.mark.parametrize("first", ["numpy", "python"])
def test_a_name_of_pythons_means_one_thing_in_the_whole_file(home, first, capsys):
    plain = solution("rmse").replace("np.mean(r**2)", "sum(list(r**2)) / max(len(r), 1)")
    answers = [("softmax", "from numpy import exp, max, sum" + SOFTMAX), ("rmse", plain)]
    for name, source in answers if first == "numpy" else answers[::-1]:
        before = text_of(home) if "Saved" in capsys.readouterr().out else ""
        getattr(checks, name)(answer(name, source))
    message = "another saved answer uses max for something else; rename yours"
    assert message in capsys.readouterr().out
    assert text_of(home) == before


LOGGED = """
import functools

def logged(f):
    @functools.wraps(f)
    def inner(*given):
        return f(*given)
    return inner

@logged
"""
MADE = """
def made(g, slope):
    class Activation:
        def forward(self, x):
            self.a = g(x)
            return self.a

        def backward(self, dout):
            return dout * slope(self.a)

    return Activation

Tanh = made(np.tanh, lambda a: 1 - a**2)
"""


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("softmax", LOGGED + solution("softmax"), "it was made inside a function and needs f from"),
        (
            "softmax",
            LOGGED.replace("    @functools.wraps(f)\n", "") + solution("softmax"),
            "it was made inside a function and needs f from there; write it outside of functions,"
            " without a decorator",
        ),
        ("tanh", MADE, "it was made inside a function and needs g, slope from there"),
        (
            "rmse",
            LOGGED + "def root(r):\n    return np.sqrt(r)\n\n\n"
            "def rmse(y_hat, y):\n    return root(np.mean((y_hat - y) ** 2))\n",
            "it uses root, which was made inside a function and needs f from there; write it",
        ),
        (
            "rmse",
            "root, other = lambda r: np.sqrt(r), 3\n\n\n"
            "def rmse(y_hat, y):\n    return root(np.mean((y_hat - y) ** 2))\n",
            "it uses root, whose text cannot be found; write it with def or class",
        ),
    ],
)
def test_what_needs_a_function_around_it_is_right_but_not_saved(home, name, source, says, capsys):
    own = answer(name, source)
    assert getattr(checks, name)(own) is own
    assert f"It could not be saved in my_framework.py: {says}" in capsys.readouterr().out
    assert not (home / "my_framework.py").exists()


def test_decorated_methods_and_classes_that_call_super_are_saved(home, capsys):
    base = "class Base:\n    def __init__(self):\n        self.a = None\n\n\n"
    start = "    def __init__(self):\n        super().__init__()\n\n    def forward"
    source = solution("tanh").replace("class Tanh:", "class Tanh(Base):")
    source = source.replace("    def forward", start).replace(
        "    def backward", "    @logged\n    def backward"
    )
    checks.tanh(answer("tanh", LOGGED.replace("@logged\n", "") + base + source))
    answers, broken = store.load()
    assert not broken
    assert checks.judge("tanh", answers["tanh"]).status == "right"


def test_a_helper_written_as_a_lambda_is_saved(home, capsys):
    source = solution("rmse").replace("np.sqrt(np.mean(r**2))", "root(np.mean(squared(r)))")
    helpers = "squared = lambda r: r**2\nroot = lambda r: (\n    power(r, HALF)\n)\n"
    more = "HALF = 0.5\n\n\ndef power(r, n):\n    return r**n\n\n\n"
    checks.rmse(answer("rmse", helpers + more + source))
    assert "\nsquared = lambda r: r**2\n" in text_of(home)
    assert "\nroot = lambda r: (\n    power(r, HALF)\n)\n" in text_of(home)
    assert saved(home).rmse(np.array([3.0]), np.array([1.0])) == 2
    answers, broken = store.load()
    assert not broken
    checks.rmse(answers["rmse"])
    assert "root = lambda" in text_of(home)


@pytest.mark.parametrize("damage", [b"\xff\xfe", b"def (:\n", b"# --- softmax ---\ndef (:\n", b""])
def test_a_damaged_file_is_no_obstacle(home, damage, capsys):
    (home / "my_framework.py").write_bytes(damage)
    names = {}
    checks.resume(names)
    own = answer("softmax", solution("softmax"))
    assert checks.softmax(own) is own
    assert "def softmax" in text_of(home)
    assert (home / "my_framework.py.bak").read_bytes() == damage
    assert not damage or "no longer" in capsys.readouterr().out


# --- After a restart


def test_resume_brings_back_what_is_yours_and_mlpkits_for_the_rest(home, capsys):
    checks.softmax(answer("softmax", HELPERS))
    checks.linear(answer("linear", solution("linear")))
    capsys.readouterr()
    names = {}
    checks.resume(names)
    assert capsys.readouterr().out == (
        "✓ resume: your framework is ready to go on.\n"
        "  yours: softmax, Linear\n"
        "  mlpkit's: squared_error, CrossEntropyLoss, Tanh, ReLU, Sigmoid, Net, SGD, minibatches,"
        " train\n"
    )
    assert names["Net"] is mlpkit.Net
    assert names["Linear"] is not mlpkit.Linear
    again = checks.softmax(names["softmax"])
    assert again is names["softmax"]
    assert "Saved in my_framework.py" in capsys.readouterr().out


def test_resume_leaves_names_that_the_notebook_holds(capsys):
    names = {"Net": mlpkit.Net, "ReLU": answer("relu", solution("relu")), "softmax": 3}
    held = dict(names)
    checks.resume(names)
    assert {name: names[name] for name in held} == held
    assert "  yours: ReLU\n" in capsys.readouterr().out


def test_resume_names_a_block_that_no_longer_works(home, capsys):
    for name in ("softmax", "relu"):
        getattr(checks, name)(answer(name, solution(name)))
    file = home / "my_framework.py"
    file.write_text(text_of(home).replace("np.maximum(0, x)", "np.abs(x)"), encoding="utf-8")
    capsys.readouterr()
    names = {}
    checks.resume(names)
    shown = capsys.readouterr().out
    assert "  yours: softmax\n" in shown
    assert "saved, but no longer right: relu. Negative numbers become positive" in shown
    assert names["ReLU"] is mlpkit.ReLU


def test_a_new_process_resumes(home, capsys):
    for name in ("softmax", "cross_entropy", "minibatches", "training_loop"):
        getattr(checks, name)(answer(name, solution(name)))
    code = "from mlpkit import checks\nchecks.resume()\nprint(train.__module__, Tanh.__module__)"
    command = [sys.executable, "-X", "utf8", "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "yours: softmax, CrossEntropyLoss, minibatches, train\n" in shown.stdout
    assert shown.stdout.endswith("\nmy_framework mlpkit.layers\n")


def test_progress_tells_whose_the_exercises_are(capsys):
    checks.softmax(answer("softmax", solution("softmax")))
    checks.relu(answer("relu", blank("relu")))
    capsys.readouterr()
    checks.progress()
    expected = "○ progress: 1 of 2 exercises are yours.\n  yours: softmax\n  mlpkit's: ReLU\n"
    assert capsys.readouterr().out == expected


def test_in_a_kernel_cells_are_judged_and_shown_as_cards(home):
    sources = [
        "import numpy as np\nfrom mlpkit import checks",
        blank("relu"),
        "ReLU = checks.relu(ReLU)",
        solution("relu"),
        "ReLU = checks.relu(ReLU)",
        solution("relu").replace("np.maximum(0, x)", "np.maximum(0, x, 1, 2)"),
        "ReLU = checks.relu(ReLU)",
        "checks.resume()",
        "checks.progress()",
    ]
    cells = run(new_notebook(cells=[new_code_cell(source) for source in sources]), home).cells
    assert [len(cell.outputs) for cell in cells] == [0, 0, 1, 0, 1, 0, 1, 1, 1]
    shown = [cell.outputs[0].data["text/plain"] for cell in cells if cell.outputs]
    assert shown[0].startswith("○ relu: not yet. Your turn — until then mlpkit's own ReLU")
    right = "✓ relu: right. Your ReLU is in use from here on. Saved in my_framework.py."
    assert shown[1] == right
    assert shown[2].startswith("✗ relu: wrong. Your code raises an exception.\n  TypeError: ")
    assert shown[2].endswith("\n  in line 4: self.a = np.maximum(0, x, 1, 2)")
    assert "class ReLU:" in text_of(home)
    assert all("text/html" in cell.outputs[0].data for cell in cells if cell.outputs)
