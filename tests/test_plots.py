import base64
import io
import re
import subprocess
import sys
from collections import namedtuple

import nbformat
import numpy as np
import pytest
from matplotlib import rcParams
from nbclient import NotebookClient
from PIL import Image

from mlpkit import CrossEntropyLoss, Linear, Net, ReLU, Tanh, plots
from mlpkit.checks.kernels import Manager
from mlpkit.plots.picture import nice_limits
from mlpkit.plots.words import number

Epoch = namedtuple("Epoch", "number loss accuracy val_loss val_accuracy")

X = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
Y = np.array([0, 0, 1, 1])
SQUARE = np.arange(2 * 9.0).reshape(2, 9) / 17
TRAINING = [Epoch(1, 0.5, 0.75, 0.6, 0.7), Epoch(2, 0.25, 0.8, 0.55, 0.65)]


class Above:
    """A learner's net: class 1 where x₂ > 0.5, and nothing but `forward`."""

    def forward(self, x):
        return np.stack([0.5 - x[:, 1], x[:, 1] - 0.5], axis=1)


class OneOutput:
    """The same with a single score."""

    def forward(self, x):
        return x[:, 1:] - 0.5


class Labels:
    """The same with labels, and a `forward` that must not be asked."""

    def predict(self, x):
        return (x[:, 1] > 0.5).astype(int)

    def forward(self, x):
        raise AssertionError("predict was there to be asked")


class Double:
    def forward(self, x):
        return 2 * x


CURVE = np.linspace(-1, 1, 5)
EVERY = {
    "data_set": lambda: plots.data_set(X, Y),
    "data_set of values": lambda: plots.data_set(CURVE, CURVE**2),
    "boundary": lambda: plots.boundary(Above(), X, Y),
    "boundaries": lambda: plots.boundaries({str(i): Above() for i in range(4)}, X, Y),
    "fit": lambda: plots.fit(Double(), CURVE, CURVE),
    "curves": lambda: plots.curves(TRAINING),
    "lines": lambda: plots.lines({"a": ([1, 2], [3, 4]), "b": ([1, 2], [4, 3])}),
    "bars": lambda: plots.bars({"a": 1, "b": -2}),
    "digits_grid": lambda: plots.digits_grid(SQUARE, [1, 2], [1, 3]),
    "confusion_matrix": lambda: plots.confusion_matrix([[5, 1], [0, 4]]),
    "first_layer_weights": lambda: plots.first_layer_weights(SQUARE.T),
    "graph": lambda: plots.graph(),
}


@pytest.mark.parametrize("name", EVERY)
def test_every_picture_is_a_png_that_is_not_blank_and_the_same_each_time(name):
    picture = EVERY[name]()
    png = picture.png()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png == picture.png() == EVERY[name]().png()
    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert pixels.std() > 5
    assert 300 < pixels.shape[1] < 1300


@pytest.mark.parametrize("name", EVERY)
def test_every_picture_fits_into_a_notebook_output_and_is_told_in_sentences(name):
    picture = EVERY[name]()
    bundle, metadata = picture._repr_mimebundle_()
    assert len(bundle["image/png"]) < 60_000
    facts = bundle["text/plain"]
    assert facts == metadata["image/png"]["alt"] == repr(picture)
    assert all(line.endswith((".", "?")) for line in facts.splitlines())
    assert not re.search(r"np\.|array|None|\$|-0(?![.\d])", facts)


def test_a_notebook_shows_a_picture_once_with_its_words():
    code = "from mlpkit import plots\nplots.bars({'a': 1}, title='One bar')"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    NotebookClient(notebook, timeout=120, kernel_manager_class=Manager).execute()
    [output] = notebook.cells[0].outputs
    facts = plots.bars({"a": 1}, title="One bar").facts
    assert set(output.data) == {"image/png", "text/plain"}
    assert output.data["text/plain"] == output.metadata["image/png"]["alt"] == facts


def test_bundle_holds_the_png_itself():
    picture = plots.bars({"a": 1})
    bundle, _ = picture._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]) == picture.png()


def test_no_pyplot_is_loaded_and_the_framework_loads_no_matplotlib():
    code = (
        "import sys, mlpkit\n"
        "assert not {'matplotlib', 'ipywidgets', 'tqdm'} & set(sys.modules)\n"
        "from mlpkit import plots\n"
        "for _ in range(25): plots.bars({'a': 1}).png()\n"
        "assert not {'matplotlib.pyplot', 'ipywidgets', 'tqdm'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_the_learners_matplotlib_settings_neither_change_a_picture_nor_are_changed():
    before = plots.curves(TRAINING).png()
    old = rcParams["font.size"], rcParams["axes.facecolor"]
    try:
        rcParams["font.size"], rcParams["axes.facecolor"] = 22, "black"
        assert plots.curves(TRAINING).png() == before
        assert rcParams["font.size"] == 22
    finally:
        rcParams["font.size"], rcParams["axes.facecolor"] = old


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (0.123456, 4, "0.1235"),
        (np.float64(2.5), 4, "2.5"),
        (np.float32(0.1), 3, "0.1"),
        (-0.0, 4, "0"),
        (1234567, 4, "1.235e+06"),
        (np.nan, 4, "nan"),
        (-np.inf, 4, "-inf"),
        (None, 4, "not measured"),
    ],
)
def test_numbers_have_significant_digits_and_one_spelling(value, digits, text):
    assert number(value, digits) == text


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3, 3), (0.97, 0.99), (5, 5), (0, 0), (-1e6, 3e7)]
)
def test_axis_limits_are_round_and_leave_a_margin(low, high):
    bottom, top = nice_limits(low, high)
    assert bottom < low and high < top
    assert top - bottom <= 1.5 * ((high - low) or abs(high) or 1)
    assert float(f"{bottom:.3g}") == pytest.approx(bottom, rel=1e-12)


def test_data_set_tells_classes_their_markers_counts_and_centers():
    assert plots.data_set(X, Y, title="Four points").facts.splitlines() == [
        "Four points.",
        "Horizontal axis: x₁ from -0.1 to 1.1; vertical axis: x₂ from -0.1 to 1.1.",
        "4 points in 2 classes.",
        "Class 0 (blue circles): 2 points, center (0.5, 0).",
        "Class 1 (orange squares): 2 points, center (0.5, 1).",
    ]


def test_data_set_of_values_is_drawn_as_a_curve():
    facts = plots.data_set([[0.0], [1.0], [2.0]], [[1.0], [3.0], [2.0]]).facts
    assert facts.splitlines() == [
        "Regression data.",
        "Horizontal axis: x from -0.2 to 2.2; vertical axis: y from 0.8 to 3.2.",
        "Data: 3 points, x from 0 to 2, y from 1 to 3.",
    ]


@pytest.mark.parametrize("net", [Above(), OneOutput(), Labels()])
def test_boundary_takes_any_net_of_the_learner(net):
    facts = plots.boundary(net, X, Y, title="Above or below").facts
    assert facts.splitlines()[-1] == (
        "4 of 4 points in the region of their own class; "
        "of the picture, class 0 has 50 %, class 1 has 50 %."
    )


def test_boundary_counts_points_in_the_wrong_region_and_gives_them_a_border():
    right, wrong = plots.boundary(Above(), X, Y), plots.boundary(Above(), X, 1 - Y)
    assert "0 of 4 points in the region of their own class" in wrong.facts
    assert "in the wrong region" in [t.get_text() for t in wrong.figure.legends[0].get_texts()]
    assert len(right.figure.legends[0].get_texts()) == 2


def test_boundary_knows_classes_that_only_the_net_or_only_the_data_has():
    facts = plots.boundary(Above(), X, np.array([2, 2, 1, 1])).facts
    assert "Class 0 (blue circles): 0 points." in facts
    assert "2 of 4 points" in facts
    assert "class 2 has 0 %" in facts


def test_boundary_changes_nothing_but_runs_the_net_forward():
    net = Net(Linear(2, 4, rng=0), Tanh(), Linear(4, 2, rng=1))
    before = [value.copy() for _, value, _ in net.parameters()]
    x = X.copy()
    plots.boundary(net, X, Y)
    for old, (_, value, gradient) in zip(before, net.parameters(), strict=True):
        np.testing.assert_array_equal(value, old)
        assert not gradient.any()
    np.testing.assert_array_equal(X, x)


def test_boundary_survives_a_net_that_has_diverged():
    net = Net(Linear(2, 2, rng=0))
    net.layers[0].W[:] = np.nan
    assert "class 0 has 100 %" in plots.boundary(net, X, Y).facts
    net.layers[0].W[:] = 1e308
    plots.boundary(net, 10 * X, Y)


def test_boundaries_tell_each_net_apart():
    facts = plots.boundaries({"good": Above(), "flat": Net(Linear(2, 2, scale=0))}, X, Y).facts
    assert facts.splitlines()[-2:] == [
        "good: 4 of 4 points in the region of their own class; "
        "of the picture, class 0 has 50 %, class 1 has 50 %.",
        "flat: 2 of 4 points in the region of their own class; "
        "of the picture, class 0 has 100 %, class 1 has 0 %.",
    ]


def test_fit_tells_curve_and_error():
    x = np.array([0.0, 1.0])
    facts = plots.fit({"double": Double(), "square": np.square}, x, x, title="Fit").facts
    assert facts.splitlines() == [
        "Fit.",
        "Horizontal axis: x from -0.1 to 1.1; vertical axis: y from -0.2 to 2.2.",
        "Data: 2 points, x from 0 to 1, y from 0 to 1.",
        "Curve of double: first 0, last 2, min 0, max 2; mean squared error on the points 0.5.",
        "Curve of square: first 0, last 1, min 0, max 1; mean squared error on the points 0.",
    ]


def test_curves_tell_loss_and_accuracy_of_training_and_validation():
    assert plots.curves(TRAINING, title="Two epochs").facts.splitlines() == [
        "Two epochs.",
        "Horizontal axis: epoch from 1 to 2; vertical axis: loss from 0 to 0.62.",
        "Loss, training: 2 values, first 0.5, last 0.25, min 0.25, max 0.5.",
        "Loss, validation: 2 values, first 0.6, last 0.55, min 0.55, max 0.6.",
        "Horizontal axis: epoch from 1 to 2; vertical axis: accuracy from 0.64 to 0.81.",
        "Accuracy, training: 2 values, first 0.75, last 0.8, min 0.75, max 0.8.",
        "Accuracy, validation: 2 values, first 0.7, last 0.65, min 0.65, max 0.7.",
    ]


def test_curves_leave_out_what_was_not_measured():
    picture = plots.curves([Epoch(1, 0.5, None, None, None), Epoch(2, 0.4, None, None, None)])
    assert len(picture.figure.axes) == 1
    assert picture.facts.splitlines()[0] == "Loss."
    assert "validation" not in picture.facts


def test_curves_take_plain_losses_and_dicts():
    assert "Horizontal axis: step from 1 to 3" in plots.curves([3.0, 2.0, 1.0]).facts
    facts = plots.curves({"slow": TRAINING, "fast": TRAINING[:1]}).facts
    assert "Loss, slow, validation: 2 values" in facts
    assert "Accuracy, fast, training: 1 value, first 0.75" in facts


def test_curves_say_where_a_loss_becomes_nan_and_why_the_training_stopped():
    class History(list):
        stopped = "epoch 3: the loss is nan; a smaller lr may help"

    nan = float("nan")
    history = History([*TRAINING, Epoch(3, nan, 0.1, nan, 0.1)])
    facts = plots.curves(history).facts
    assert (
        "Loss, training: 3 values, first 0.5, last nan, min 0.25, max 0.5; becomes nan at epoch 3."
        in facts
    )
    assert facts.endswith("Stopped early at epoch 3: the loss is nan; a smaller lr may help.")
    assert "nan" in " ".join(text.get_text() for text in plots.curves(history).figure.axes[0].texts)


def test_curves_of_a_training_that_fails_at_once_are_a_picture_too():
    assert (
        "1 value; becomes inf at epoch 1." in plots.curves([Epoch(1, np.inf, 0, None, None)]).facts
    )


def test_curves_with_huge_losses_stay_finite():
    plots.curves([1e-300, 1e299, 1.7e308, np.inf]).png()
    plots.curves([1e-300, 1e299, 1.7e308, np.inf], log_y=True).png()
    facts = plots.curves([1.0, 1e200, 1.7e308, np.inf], log_y=True).facts
    assert "logarithmic" in facts
    assert "max 1.7e+308" in facts


def test_lines_tell_count_first_last_min_max_and_gaps():
    facts = plots.lines(
        {"up": ([0, 1, 2], [1, 3, 2]), "gap": ([0, 1, 2], [None, 1.5, 1])},
        title="Lines?",
        x_label="x",
        y_label="height",
    ).facts
    assert facts.splitlines() == [
        "Lines?",
        "Horizontal axis: x from 0 to 2; vertical axis: height from 0.8 to 3.4.",
        "Up: 3 values, first 1, last 2, min 1, max 3.",
        "Gap: 3 values, first nan, last 1, min 1, max 1.5; becomes nan at x 0.",
    ]


def test_logarithmic_lines_leave_out_what_is_not_above_zero():
    picture = plots.lines({"a": ([1, 2, 3], [0, 1, 100])}, log_y=True)
    assert "y from 1 to 100, logarithmic" in picture.facts


def test_bars_write_each_value():
    facts = plots.bars({"cat": 0.7, "dog": None, 3: -0.1}, y_label="p", title="Bars").facts
    assert facts.splitlines() == [
        "Bars.",
        "3 bars; axis: p, from -0.3 to 0.9.",
        "cat: 0.7.",
        "dog: not measured.",
        "3: -0.1.",
    ]


def test_digits_grid_marks_wrong_predictions_in_words():
    picture = plots.digits_grid(SQUARE, [5, 0], [5, 8])
    assert [ax.get_xlabel() for ax in picture.figure.axes] == ["5", "says 8:\nwrong, is 0"]
    assert picture.facts.splitlines() == [
        "Digits.",
        "2 pictures in 1 row of 2, 3 by 3 pixels each.",
        "Pixels from 0 to 1, mean 0.5.",
        "Labels, row by row: 5 0.",
        "Predictions, row by row: 5 8.",
        "1 right, 1 wrong.",
    ]


def test_digits_grid_takes_bytes_and_square_images():
    images = np.zeros((3, 28, 28), np.uint8)
    images[0, 5:9, 5:9] = 255
    facts = plots.digits_grid(images, columns=2).facts
    assert "3 pictures in 2 rows of 2, 28 by 28 pixels each." in facts
    assert "Pixels from 0 to 255" in facts


def test_confusion_matrix_tells_the_most_frequent_mistakes():
    facts = plots.confusion_matrix([[5, 1, 0], [0, 4, 2], [0, 0, 3]], title="Three").facts
    assert facts.splitlines() == [
        "Three.",
        "3 classes, 15 samples, 12 right.",
        "Right of each class: 0: 5 of 6, 1: 4 of 6, 2: 3 of 3.",
        "Most frequent mistakes: 1 taken for 2, 2 times; 0 taken for 1, 1 time.",
    ]


def test_confusion_matrix_without_mistakes_says_so():
    assert "No mistakes." in plots.confusion_matrix(np.eye(2, dtype=int)).facts


def test_first_layer_weights_name_each_unit():
    W = np.array([[1.0, -2.0], [0.5, 0.0], [0.0, 0.0], [-1.0, 3.0]])
    assert plots.first_layer_weights(W, title="W₁").facts.splitlines() == [
        "W₁.",
        "2 pictures of 2 by 2 weights each.",
        "All weights: from -2 to 3.",
        "unit 0: from -1 to 1.",
        "unit 1: from -2 to 3.",
    ]


def test_graph_shows_the_numbers_of_a_real_forward_and_backward_pass():
    net = Net(Linear(2, 3, rng=0), ReLU(), Linear(3, 2, rng=1))
    x, y, loss = np.array([[1.0, -2.0]]), np.array([1]), CrossEntropyLoss()
    facts = plots.graph(net, loss, x[0], 1, digits=6).facts
    assert not vars(loss) and not hasattr(net.layers[0], "out")
    value = loss.forward(net.forward(x), y)
    dx = net.backward(loss.backward())
    first, _, second = net.layers
    assert "x → Linear → ReLU → Linear → softmax and cross-entropy → ℒ" in facts
    assert f"ℒ = {number(value, 6)}; ∂ℒ/∂ℒ = 1." in facts
    written = ", ".join(number(v, 6) for v in dx[0])
    assert f"x = [1, -2]; ∂ℒ/∂x = [{written}]." in facts
    for name, layer in (("b₁", first), ("b₂", second)):
        written = ", ".join(number(v, 6) for v in layer.db)
        assert f"∂ℒ/∂{name} = [{written}]." in facts
    assert number(first.dW[0, 0], 6) in facts and number(second.dW[2, 1], 6) in facts


def test_graph_of_an_expression_names_each_value_and_its_gradient():
    assert plots.graph("w*x + 1", w=2, x=3, title="A line").facts.splitlines() == [
        "A line.",
        "u₁ = w · x; y = u₁ + 1.",
        "Blue, above: values, computed forward. Orange, below: gradients, computed backward.",
        "w = 2; ∂y/∂w = 3.",
        "x = 3; ∂y/∂x = 2.",
        "u₁ = 6; ∂y/∂u₁ = 1.",
        "y = 7; ∂y/∂y = 1.",
        "mlpkit, MIT license.",
    ]


def test_graph_shows_shapes_where_numbers_do_not_fit():
    net = Net(Linear(2, 16, rng=0), Tanh(), Linear(16, 2, rng=1))
    facts = plots.graph(net, x=[1.0, 2.0], y=0).facts
    assert "W₁ = shape 2 × 16; ∂ℒ/∂W₁ = shape 2 × 16." in facts


def test_graph_texts_do_not_overlap():
    picture = plots.graph()
    picture.png()
    texts = picture.figure.axes[0].texts
    boxes = [text.get_window_extent() for text in texts]
    for i, one in enumerate(boxes):
        assert not any(one.overlaps(other.padded(-1.5)) for other in boxes[:i]), texts[i]


CHANGES = {
    "data_set": lambda c: plots.data_set(X + c * X * Y[:, None], Y),
    "boundary": lambda c: plots.boundary(Above(), X - c, Y),
    "fit": lambda c: plots.fit(lambda x: (2 + c) * x, X[:, 0], X[:, 1]),
    "curves": lambda c: plots.curves([0.5, 0.4 + c]),
    "lines": lambda c: plots.lines({"a": ([0, 1, 2], [1, 2, 1.5 - c])}),
    "bars": lambda c: plots.bars({"a": 1 + c}),
    "digits_grid": lambda c: plots.digits_grid(SQUARE * (1 - c)),
    "confusion_matrix": lambda c: plots.confusion_matrix([[5, int(c > 0)], [0, 4]]),
    "first_layer_weights": lambda c: plots.first_layer_weights(SQUARE.T * (1 + c)),
    "graph": lambda c: plots.graph(
        Net(Linear(2, 2, rng=0), Tanh(), Linear(2, 2, rng=0)), x=[1.0, c], y=0
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_data_changes_the_facts(name):
    assert CHANGES[name](0.0).facts == CHANGES[name](0.0).facts
    assert CHANGES[name](0.0).facts != CHANGES[name](0.01).facts


@pytest.mark.parametrize(
    "draw",
    [
        lambda c: plots.boundary(Labels(), X + c * X, Y, digits=0),
        lambda c: plots.fit(lambda x: (2 + c) * x, X[:, 0], X[:, 1], digits=0),
        lambda c: plots.curves([Epoch(1, 0.5 + c, 0.9 + c, None, None)], digits=0),
        lambda c: plots.bars({"a": 1 + c}, digits=0),
        lambda c: plots.digits_grid(SQUARE, [1, 2], [1, 2 + (c > 0)], digits=0),
        lambda c: plots.confusion_matrix([[5 - (c > 0), int(c > 0)], [0, 4]], digits=0),
        lambda c: plots.first_layer_weights(SQUARE.T * (1 + c), digits=0),
        lambda c: plots.graph(
            Net(Linear(2, 2, rng=0), Tanh(), Linear(2, 2, rng=0)), x=[1.0, c], y=0, digits=0
        ),
    ],
)
def test_without_digits_no_measured_number_is_told(draw):
    assert draw(0.0).facts == draw(0.1).facts


@pytest.mark.parametrize(
    ("draw", "error", "message"),
    [
        (lambda: plots.data_set(X[:, :1], Y), ValueError, r"x: expected shape \(points, 2\)"),
        (lambda: plots.data_set(X, Y[:3]), ValueError, "y: expected an entry for each of 4"),
        (lambda: plots.data_set(X * np.nan, Y), ValueError, "x: expected finite numbers"),
        (lambda: plots.boundary(object(), X, Y), TypeError, "net: expected an object with predict"),
        (lambda: plots.boundary(Above(), X, Y + 0.5), ValueError, "y: expected whole-number"),
        (lambda: plots.boundary(Flat(), X, Y), ValueError, r"net: expected output of shape"),
        (lambda: plots.boundaries([Above()], X, Y), ValueError, "nets: expected a dict"),
        (lambda: plots.fit(3, [1.0], [1.0]), TypeError, "net: expected an object with forward"),
        (lambda: plots.fit(Double(), X, Y), ValueError, r"x: expected shape \(points, 1\)"),
        (lambda: plots.fit(Flat(), [1.0, 2], [1.0, 2]), ValueError, "net: expected output of"),
        (lambda: plots.curves([]), ValueError, "history: expected at least one epoch"),
        (lambda: plots.curves({}), ValueError, "history: expected at least one training"),
        (lambda: plots.curves(["low"]), TypeError, "history: expected numbers"),
        (lambda: plots.curves(None), TypeError, "history: expected"),
        (lambda: plots.curves([1.0], digits=-1), ValueError, "digits: expected a whole number"),
        (lambda: plots.curves([1.0], digits=2.5), ValueError, "digits: expected a whole number"),
        (lambda: plots.lines({"a": ([1], [1, 2])}), ValueError, "as many xs as ys, got 1, 2"),
        (lambda: plots.lines({"a": [1, 2, 3]}), ValueError, r"expected a pair \(xs, ys\)"),
        (lambda: plots.lines({"a": ([None], [1])}), ValueError, "expected finite xs"),
        (lambda: plots.lines([1, 2]), ValueError, "series: expected a dict"),
        (lambda: plots.bars([1, 2]), ValueError, "values: expected a dict"),
        (lambda: plots.bars({"a": "b"}), TypeError, "values: expected numbers"),
        (lambda: plots.digits_grid(np.ones((2, 783))), ValueError, "images: expected shape"),
        (lambda: plots.digits_grid(SQUARE, [1]), ValueError, r"labels: expected shape \(2,\)"),
        (lambda: plots.digits_grid(SQUARE, columns=-1), ValueError, "columns: expected"),
        (lambda: plots.confusion_matrix([[1, 2]]), ValueError, "matrix: expected shape"),
        (lambda: plots.confusion_matrix([[-1]]), ValueError, "matrix: expected counts"),
        (lambda: plots.first_layer_weights(np.ones(784)), ValueError, "W: expected floats"),
        (lambda: plots.first_layer_weights(np.ones((783, 2))), ValueError, "W: expected shape"),
        (lambda: plots.graph(3), ValueError, "what: expected an expression as text or a net"),
        (lambda: plots.graph(two_layers()), ValueError, "x, y: expected one sample"),
        (lambda: plots.graph(two_layers(), x=[1.0], y=0), ValueError, r"x: expected \(batch, 2\)"),
        (lambda: plots.graph(two_layers(), x=[1.0, 2], y=7), ValueError, "y: expected labels"),
    ],
)
def test_bad_input_is_refused_by_name(draw, error, message):
    with pytest.raises(error, match=message):
        draw()


class Flat:
    """A net with a wrong shape."""

    def forward(self, x):
        return np.zeros(3)


def two_layers():
    return Net(Linear(2, 2, rng=0), Tanh(), Linear(2, 2, rng=1))


def test_seven_classes_differ_in_color_and_marker():
    x = np.random.default_rng(0).normal(size=(70, 2))
    picture = plots.data_set(x, np.arange(70) % 7)
    looks = {(h.get_color(), h.get_marker()) for h in picture.figure.legends[0].legend_handles}
    assert len({color for color, _ in looks}) == len({marker for _, marker in looks}) == 7


def test_png_has_no_software_text():
    assert "Software" not in Image.open(io.BytesIO(plots.bars({"a": 1}).png())).info
