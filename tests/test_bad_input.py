"""Whatever a public function gets: it works rightly, or says what is wrong; it changes nothing.

One table, SUBJECTS, names every public function and method with good arguments, and for each
argument the roles it plays (bad_values.py). Every bad value of a role is one case; so is every
other form of the good arrays, which has to give what plain float64 arrays give.
"""

import inspect
import os
import re
import warnings
from pathlib import Path
from typing import NamedTuple

import bad_values as bad
import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

import mlpkit
from mlpkit import (
    SGD,
    AbsoluteLoss,
    Adam,
    CrossEntropyLoss,
    Linear,
    LogisticLoss,
    Net,
    ReLU,
    Sigmoid,
    Softmax,
    SquaredLoss,
    Tanh,
    accuracy,
    checks,
    data,
    interop,
    plots,
    quizzes,
    widgets,
)

X = np.random.default_rng(0).integers(0, 5, (9, 2)).astype(float)
Y = np.array([0, 1, 2] * 3)
TWO = Y % 2
TARGETS = np.random.default_rng(1).integers(0, 5, (9, 3)).astype(float)
SCORES = np.random.default_rng(2).integers(0, 5, (9, 3)).astype(float)
IMAGES = np.random.default_rng(3).integers(0, 2, (4, 9)).astype(float)
COLUMN = np.arange(9.0)[:, None]


class Subject(NamedTuple):
    """A public function: good arguments are made anew for each call; roles say what they are."""

    call: object
    make: object
    roles: dict
    forms: tuple = ()  # the arguments that may come in other number types
    says: str = ""  # words that name the argument where others than ours speak


# --- Good arguments


def a_net():
    """A net with 2 inputs and 3 outputs that has gone backward once."""
    made = Net(Linear(2, 4, rng=0), Tanh(), Linear(4, 3, rng=1))
    made.forward(np.ones((9, 2)))
    made.backward(np.ones((9, 3)))
    return made


def there(layer):
    """The layer, after a forward pass of X."""
    layer.forward(X)
    return layer


def training(**more):
    """The arguments of a training."""
    net = a_net()
    own = {"net": net, "loss": CrossEntropyLoss(), "optimizer": SGD(net, 0.1), "x": X, "y": Y}
    return own | {"batch_size": 4, "epochs": 2, "rng": np.random.default_rng(0)} | more


def trained(history, net):
    """What came of a training."""
    return [list(history), [value for _, value, _ in net.parameters()]]


def stepped(optimizer, net, **arguments):
    """The parameters after a step."""
    optimizer(net, **arguments).step()
    return [value for _, value, _ in net.parameters()]


SMALL = {"hidden_layer_sizes": 3, "max_iter": 2, "random_state": 0}
# What scikit-learn says of X and y, in its own words.
SCIKIT_LEARN = (
    "array|dimension|sparse|Sparse|NaN|infinity|Complex|Unknown label|inconsistent number|"
    "could not convert|minimum of|features|must be a|Unsupported|target y is None"
)


def taught(estimator, method, X, y, **more):
    """What an estimator says after it was taught."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return getattr(estimator, method)(X, y, **more).predict(globals()["X"])


def asked(estimator, method, X):
    """What a trained estimator says."""
    y = Y if isinstance(estimator, interop.MLPClassifier) else COLUMN[:, 0]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return getattr(estimator.fit(globals()["X"], y), method)(X)


def a_file():
    """The name of a file with a net, in a folder that conftest.py removes."""
    path = Path(os.environ["MLPKIT_HOME"], "bad_input.npz")
    if not path.exists():
        interop.save(a_net(), path)
    return path


def progress_of(epochs):
    """Make a bar in a terminal, and let it go."""
    widgets.progress(epochs)(mlpkit.Epoch(1, np.nan, None, None, None))


def drawn(function):
    """Call a function of mlpkit.plots; return the words of its picture."""
    return lambda **arguments: function(**arguments).facts


def shown(function):
    """Call an explorer; return its words."""
    return lambda **arguments: function(**arguments).facts()


def digits_data():
    """The arguments of mnist_training."""
    x, y = np.repeat(X[:, :1], 784, axis=1) / 5, Y
    net = lambda rng: Net(Linear(784, 10, rng))  # noqa: E731
    return {"make_net": net, "x": x, "y": y, "validation": (x, y), "rng": 0} | {
        "loss": CrossEntropyLoss,
        "optimizer": SGD,
    }


# --- The table

# What scikit-learn reads numbers from.
TAKEN = ("strings", "objects", "dates")

TRAINING = {
    "net": bad.anything,  # whatever has the methods will do, the learner's own above all
    "loss": bad.anything,
    "optimizer": bad.anything,
    "x": bad.samples,
    "y": bad.known_labels,
    "batch_size": bad.count,
    "rng": bad.rng,
}
TITLE = {"title": bad.text, "digits": bad.digits}
SET = {"n": bad.count, "noise": bad.bounded, "rng": bad.rng}
SUBJECTS = {
    "mlpkit.Linear": Subject(
        lambda **a: Linear(**a).W,
        lambda: {"n_in": 2, "n_out": 3, "rng": np.random.default_rng(0), "scale": 0.5},
        {
            "n_in": bad.count,
            "n_out": bad.count,
            "rng": bad.rng,
            "scale": bad.without(bad.at_least_0, "None"),
        },
    ),
    "mlpkit.Net": Subject(
        lambda layers: Net(layers).forward(X),
        lambda: {"layers": Linear(2, 3, rng=0)},
        {"layers": bad.thing},
    ),
    "mlpkit.Net.forward": Subject(
        lambda x: a_net().forward(x), lambda: {"x": X}, {"x": bad.batch}, ("x",)
    ),
    "mlpkit.Net.predict": Subject(
        lambda x, values: a_net().predict(x, values),
        lambda: {"x": X, "values": False},
        {"x": bad.batch, "values": bad.anything},
        ("x",),
    ),
    "mlpkit.Net.astype": Subject(
        lambda dtype: a_net().astype(dtype).forward(X),
        lambda: {"dtype": np.float64},
        {"dtype": bad.dtype},
    ),
    "mlpkit.accuracy": Subject(
        accuracy,
        lambda: {"scores": SCORES, "y": Y},
        {"scores": bad.scores, "y": bad.known_labels},
        ("scores", "y"),
    ),
    "mlpkit.zero_one_loss": Subject(
        mlpkit.zero_one_loss,
        lambda: {"scores": SCORES, "y": Y},
        {"scores": bad.scores, "y": bad.known_labels},
        ("scores", "y"),
    ),
    "mlpkit.SGD": Subject(
        lambda **a: stepped(SGD, **a),
        lambda: {"net": a_net(), "lr": 0.1, "momentum": 0.5, "weight_decay": 0.1},
        {
            "net": bad.thing,
            "lr": bad.above_0,
            "momentum": bad.at_least_0,
            "weight_decay": bad.at_least_0,
        },
    ),
    "mlpkit.Adam": Subject(
        lambda **a: stepped(Adam, **a),
        lambda: {"net": a_net(), "lr": 0.1},
        {"net": bad.thing, "lr": bad.above_0},
    ),
    "mlpkit.steps": Subject(
        lambda net, **a: trained(mlpkit.steps(net, **a), net),
        training,
        TRAINING | {"epochs": bad.without(bad.count, "None")},
        ("x", "y"),
    ),
    "mlpkit.train": Subject(
        lambda net, **a: trained(mlpkit.train(net, **a), net),
        lambda: training(validation=(X, Y), on_epoch=None),
        TRAINING
        | {
            "epochs": bad.without(bad.count, "None"),
            "validation": bad.pair,
            "on_epoch": bad.anything,
        },
        ("x", "y"),
    ),
    "mlpkit.check_gradients": Subject(
        lambda **a: list(mlpkit.check_gradients(**a))[:3:2],
        lambda: {"net": a_net(), "loss": CrossEntropyLoss(), "x": X, "y": Y, "h": 1e-5},
        {
            "net": bad.anything,
            "loss": bad.anything,
            "x": bad.batch,
            "y": bad.known_labels,
            "h": bad.above_0,
        },
        ("x", "y"),
    ),
    "mlpkit.data.mnist": Subject(lambda raw: [], lambda: {"raw": False}, {"raw": bad.anything}),
    "mlpkit.data.spirals": Subject(
        data.spirals,
        lambda: {"n": 9, "classes": 3, "noise": 0.1, "rng": np.random.default_rng(0)},
        SET | {"classes": bad.count},
    ),
    "mlpkit.data.split": Subject(
        data.split,
        lambda: {"x": X, "y": Y, "share": 0.3, "rng": np.random.default_rng(0)},
        {"x": bad.rows, "y": bad.rows, "share": bad.share, "rng": bad.rng},
        ("x", "y"),
    ),
    "mlpkit.data.distort": Subject(
        data.distort,
        lambda: (
            {"images": IMAGES, "rng": np.random.default_rng(0)}
            | {
                "rotation": 5.0,
                "scaling": 0.1,
                "shear": 0.1,
                "shift": 1.0,
                "alpha": 2.0,
                "sigma": 2.0,
            }
        ),
        {"images": bad.without(bad.images, "transposed"), "rng": bad.rng, "sigma": bad.above_0}
        | dict.fromkeys(("rotation", "scaling", "shear", "shift", "alpha"), bad.bounded),
    ),
    "mlpkit.plots.data_set": Subject(
        drawn(plots.data_set),
        lambda: {"x": X, "y": Y, "title": "A", "digits": 4},
        TITLE | {"x": bad.points, "y": bad.labels},
        ("x", "y"),
    ),
    "mlpkit.plots.boundary": Subject(
        drawn(plots.boundary),
        lambda: {"net": a_net(), "x": X, "y": Y, "title": "A", "digits": 4},
        TITLE | {"net": bad.thing, "x": bad.points, "y": bad.labels},
    ),
    "mlpkit.plots.boundaries": Subject(
        drawn(plots.boundaries),
        lambda: {"nets": {"a": a_net()}, "x": X, "y": Y, "title": "A", "digits": 4},
        TITLE | {"nets": bad.mapping, "x": bad.points, "y": bad.labels},
    ),
    "mlpkit.plots.fit": Subject(
        drawn(plots.fit),
        lambda: {"net": np.sin, "x": COLUMN, "y": COLUMN, "title": "A", "digits": 4},
        TITLE | {"net": bad.curve, "x": bad.curve_points, "y": bad.curve_points},
        ("x", "y"),
    ),
    "mlpkit.plots.curves": Subject(
        drawn(plots.curves),
        lambda: {"history": COLUMN[:, 0], "title": "A", "digits": 4, "log_y": False},
        TITLE | {"history": bad.history, "log_y": bad.anything},
        ("history",),
    ),
    "mlpkit.plots.lines": Subject(
        drawn(plots.lines),
        lambda: (
            {"series": {"a": (COLUMN[:, 0], COLUMN[:, 0])}, "title": "A", "digits": 4}
            | {"x_label": "x", "y_label": "y", "log_y": False}
        ),
        TITLE
        | {"series": bad.mapping, "x_label": bad.text, "y_label": bad.text, "log_y": bad.anything},
    ),
    "mlpkit.plots.bars": Subject(
        drawn(plots.bars),
        lambda: {"values": {"a": 1.0}, "title": "A", "y_label": "value", "digits": 4},
        TITLE | {"values": bad.mapping, "y_label": bad.text},
    ),
    "mlpkit.plots.digits_grid": Subject(
        drawn(plots.digits_grid),
        lambda: (
            {"images": IMAGES, "labels": Y[:4], "predictions": Y[:4], "columns": 2}
            | {"title": "A", "digits": 4}
        ),
        TITLE
        | {"images": bad.points, "labels": bad.names, "predictions": bad.names}
        | {"columns": bad.without(bad.count, "None")},
        ("images", "labels"),
    ),
    "mlpkit.plots.confusion_matrix": Subject(
        drawn(plots.confusion_matrix),
        lambda: {"matrix": TARGETS[:3], "labels": Y[:3], "title": "A", "digits": 4},
        TITLE | {"matrix": bad.counts, "labels": bad.names},
        ("matrix",),
    ),
    "mlpkit.plots.first_layer_weights": Subject(
        drawn(plots.first_layer_weights),
        lambda: {"W": IMAGES.T, "columns": 2, "labels": Y[:4], "title": "A", "digits": 4},
        TITLE | {"W": bad.points, "columns": bad.count, "labels": bad.names},
    ),
    "mlpkit.plots.graph": Subject(
        drawn(plots.graph),
        lambda: (
            {"what": a_net(), "loss": CrossEntropyLoss(), "x": X[0], "y": 1}
            | {"title": "A", "digits": 4}
        ),
        {
            "what": bad.without(bad.thing, "None"),
            "loss": bad.without(bad.thing, "None"),
            "x": bad.sample,
            "y": bad.label,
        }
        | {"title": bad.text, "digits": bad.without(bad.digits, "None")},
        ("x",),
    ),
    "mlpkit.plots.graph of an expression": Subject(
        drawn(plots.graph),
        lambda: {"what": "w*x + b", "x": 1.0, "w": 2.0, "b": 3.0},
        {"what": bad.expression, "x": bad.single, "w": bad.single, "b": bad.single},
    ),
    "mlpkit.widgets.graph": Subject(
        shown(widgets.graph),
        lambda: {"what": a_net(), "loss": CrossEntropyLoss(), "x": X[0], "y": 1},
        {
            "what": bad.without(bad.thing, "None"),
            "loss": bad.without(bad.thing, "None"),
            "x": bad.sample,
            "y": bad.label,
        },
        ("x",),
    ),
    "mlpkit.widgets.draw_digit": Subject(
        shown(widgets.draw_digit),
        lambda: {"net": Net(Linear(784, 10, rng=0))},
        {"net": bad.joined(bad.thing, bad.reader_of_digits)},
    ),
    "mlpkit.widgets.mnist_training": Subject(
        shown(widgets.mnist_training),
        digits_data,
        {
            "make_net": bad.function,
            "x": bad.samples,
            "y": bad.without(bad.known_labels, "a label too high"),
        }
        | {"validation": bad.pair, "loss": bad.function, "optimizer": bad.function}
        | {"rng": bad.rng},
    ),
    "mlpkit.widgets.progress": Subject(progress_of, lambda: {"epochs": 2}, {"epochs": bad.count}),
    "mlpkit.widgets.print_epoch": Subject(
        widgets.print_epoch,
        lambda: {"epoch": mlpkit.Epoch(1, 0.5, None, None, None)},
        {"epoch": bad.without(bad.thing, "its class")},
    ),
    "mlpkit.quizzes.quiz": Subject(
        lambda name: quizzes.quiz(name).quiz.title,
        lambda: {"name": "own-before"},
        {"name": bad.known_name},
    ),
    "mlpkit.checks.judge": Subject(
        lambda name, answer: checks.judge(name, answer).status,
        lambda: {"name": "softmax", "answer": None},
        {"name": bad.known_name, "answer": bad.anything},
    ),
    "mlpkit.interop.to_torch": Subject(
        interop.to_torch, lambda: {"net": a_net()}, {"net": bad.thing}
    ),
}
for kind in (Tanh, ReLU, Sigmoid, Softmax, Linear):
    make = kind if kind is not Linear else lambda: Linear(2, 3, rng=0)
    SUBJECTS[f"mlpkit.{kind.__name__}.forward"] = Subject(
        lambda x, make=make: make().forward(x),
        lambda: {"x": X},
        {"x": {Linear: bad.batch, Softmax: bad.scores_alone}.get(kind, bad.no_array)},
        ("x",),
    )
    for method in ("backward", "gradients")[: 1 + (kind is Linear)]:
        SUBJECTS[f"mlpkit.{kind.__name__}.{method}"] = Subject(
            lambda dout, make=make, method=method: getattr(there(make()), method)(dout),
            lambda make=make: {"dout": there(make()).out.copy()},
            {"dout": bad.dout},
            ("dout",),
        )
for method in ("backward", "gradients"):
    SUBJECTS[f"mlpkit.Net.{method}"] = Subject(
        lambda dout, method=method: getattr(a_net(), method)(dout),
        lambda: {"dout": SCORES},
        {"dout": bad.dout},
        ("dout",),
    )
for kind in (AbsoluteLoss, SquaredLoss):
    SUBJECTS[f"mlpkit.{kind.__name__}.forward"] = Subject(
        lambda scores, y, kind=kind: [(loss := kind()).forward(scores, y), loss.backward()],
        lambda: {"scores": SCORES, "y": TARGETS},
        {"scores": bad.targets, "y": bad.targets},
        ("scores", "y"),
    )
for kind in (CrossEntropyLoss, LogisticLoss):
    scores, y = (SCORES, Y) if kind is CrossEntropyLoss else (COLUMN, TWO)
    SUBJECTS[f"mlpkit.{kind.__name__}.forward"] = Subject(
        lambda scores, y, kind=kind: [(loss := kind()).forward(scores, y), loss.backward()],
        lambda scores=scores, y=y: {"scores": scores, "y": y},
        {"scores": bad.scores, "y": bad.known_labels},
        ("scores", "y"),
    )
for name in ("xor", "moons", "rings", "blobs", "linear", "curve"):
    SUBJECTS[f"mlpkit.data.{name}"] = Subject(
        getattr(data, name), lambda: {"n": 9, "noise": 0.1, "rng": np.random.default_rng(0)}, SET
    )
for name in ("activations", "batches", "deltas", "descent", "gradient_check", "losses", "paths"):
    function = getattr(widgets, name)
    defaults = {p.name: p.default for p in inspect.signature(function).parameters.values()}
    SUBJECTS[f"mlpkit.widgets.{name}"] = Subject(
        shown(function),
        lambda defaults=defaults: dict(defaults),
        {
            name: bad.function if default else bad.without(bad.function, "None")
            for name, default in defaults.items()
        },
    )
for name in ("scores", "training"):
    function = getattr(widgets, name)
    defaults = {p.name: p.default for p in inspect.signature(function).parameters.values()}
    SUBJECTS[f"mlpkit.widgets.{name}"] = Subject(
        shown(function),
        lambda defaults=defaults: dict(defaults),
        {name: bad.function for name in defaults},
    )


ESTIMATOR = {
    "hidden_layer_sizes": bad.without(bad.count, "a list", "an array"),
    "activation": bad.known_name,
    "solver": bad.known_name,
    "alpha": bad.at_least_0,
    "batch_size": bad.count,
    "learning_rate_init": bad.above_0,
    "max_iter": bad.count,
    "shuffle": bad.function,
    "random_state": bad.without(bad.no_number, "None"),
    "tol": bad.at_least_0,
    "warm_start": bad.function,
    "momentum": bad.at_least_0,
    "early_stopping": bad.function,
    "validation_fraction": bad.share,
    "n_iter_no_change": bad.without(bad.above_0, "inf"),  # inf: never stop early
}
for kind in (interop.MLPClassifier, interop.MLPRegressor):
    name, classes = f"mlpkit.interop.{kind.__name__}", kind is interop.MLPClassifier
    defaults = {p.name: p.default for p in inspect.signature(kind).parameters.values()}
    SUBJECTS[name] = Subject(
        lambda kind=kind, **a: asked(kind(**a), "predict", X),
        lambda defaults=defaults: defaults | {"hidden_layer_sizes": 3, "random_state": 0},
        ESTIMATOR,
    )
    y, role = (Y, bad.labels) if classes else (COLUMN[:, 0], bad.column)
    for method in ("fit", "partial_fit"):
        more = {"classes": Y} if classes and method == "partial_fit" else {}
        SUBJECTS[f"{name}.{method}"] = Subject(
            lambda kind=kind, method=method, **a: taught(kind(**SMALL), method, **a),
            lambda y=y, more=more: {"X": X, "y": y} | more,
            {"X": bad.without(bad.samples, *TAKEN, "one feature too few", "one feature too many")}
            | {"y": bad.without(role, *TAKEN)}
            | dict.fromkeys(more, bad.classes),
            ("X",),
            SCIKIT_LEARN,
        )
    for method in ("predict", "predict_proba")[: 1 + classes]:
        SUBJECTS[f"{name}.{method}"] = Subject(
            lambda X, kind=kind, method=method: asked(kind(**SMALL), method, X),
            lambda: {"X": X},
            {"X": bad.without(bad.samples, *TAKEN)},
            ("X",),
            SCIKIT_LEARN,
        )
for name, call in {"save": interop.save, "to_onnx": interop.to_onnx}.items():
    SUBJECTS[f"mlpkit.interop.{name}"] = Subject(
        call,
        lambda: {"net": a_net(), "path": a_file()},
        {"net": bad.thing, "path": bad.path if name == "save" else bad.anything},
    )
SUBJECTS["mlpkit.interop.load"] = Subject(
    lambda path: interop.load(path).forward(X), lambda: {"path": a_file()}, {"path": bad.path}
)


# --- The cases

# Where rows of x and entries of y do not fit together, either may be named.
PARTNERS = {"x": "x|y", "y": "x|y", "scores": "scores|y", "validation": "validation|x|y"}
PARTNERS |= {
    "classes": "classes|y",
    "images": "images|labels",
    "W": "W|labels",
    "what": r"[\w, ]+",
    "nets": "nets?",
}
NUMPY = r"inhomogeneous shape|SeedSequence|non-negative integer"  # its own words
HELD = {"Epoch", "GradientReport", "History", "Picture"}  # records: they hold what they are given
INNER = {"keep", "recall", "of_residual"}  # methods for subclasses


def test_every_public_function_and_each_of_its_arguments_is_in_the_table():
    wanted = set(public())
    assert len(wanted) > 130
    known = {
        (name.split(" of ")[0], argument) for name, s in SUBJECTS.items() for argument in s.roles
    }
    assert wanted - known == set()


def public():
    """Yield (name, argument) of all public functions, constructors and methods."""
    for room in (mlpkit, data, plots, widgets, quizzes, interop):
        for name in set(room.__all__) - HELD:
            thing, path = getattr(room, name), f"{room.__name__}.{name}"
            yield from arguments_of(path, thing)
            own = vars_of(thing) if isinstance(thing, type) else {}
            for method in {n for n in own if not n.startswith("_")} - INNER:
                yield from ((f"{path}.{method}", a) for _, a in arguments_of("", own[method]))


def vars_of(kind):
    """Return {name: method} of a class, without what it has from other packages."""
    own = {}
    for base in reversed(kind.__mro__):
        if base.__module__.startswith("mlpkit"):
            own |= {name: m for name, m in vars(base).items() if inspect.isfunction(m)}
    return own


def arguments_of(name, function):
    """Yield (name, argument) for each argument that has a name."""
    for argument in inspect.signature(function).parameters.values():
        if argument.name != "self" and argument.kind is not argument.VAR_KEYWORD:
            yield name, argument.name


def state(value):
    """What must not change about an argument."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, np.random.Generator):
        return repr(value.bit_generator.state)
    if isinstance(value, dict):
        return {name: state(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [state(one) for one in value]
    if isinstance(value, SGD | Adam):
        return state(vars(value))
    if isinstance(value, Net | Linear):
        return [state(triple) for triple in value.parameters()]
    return type(value).__name__


# They need more than what the course installs; make test-torch calls them.
OPTIONAL = {"mlpkit.interop.to_torch", "mlpkit.interop.to_onnx"}


@pytest.mark.parametrize("name", [name for name in SUBJECTS if name not in OPTIONAL])
def test_the_good_arguments_work(name):
    subject = SUBJECTS[name]
    subject.call(**subject.make())


def case(*values, name):
    return pytest.param(*values, id=name.replace(" ", "_"))


BAD = [
    case(name, argument, kind, name=f"{name}-{argument}-{kind}")
    for name, subject in SUBJECTS.items()
    for argument, role in subject.roles.items()
    for kind in role(subject.make()[argument])
]


def test_there_are_thousands_of_cases():
    assert len(BAD) > 1500 and len(FORMS) > 300


@pytest.mark.parametrize(("name", "argument", "kind"), BAD)
def test_what_is_bad_is_refused_by_name_and_changes_nothing(name, argument, kind):
    subject = SUBJECTS[name]
    arguments = subject.make()
    arguments[argument] = subject.roles[argument](arguments[argument])[kind]
    before = state(arguments)
    with pytest.raises((ValueError, TypeError)) as caught:
        subject.call(**arguments)
    named = rf"^[^:]*\b({PARTNERS.get(argument, argument)})\b[^:]*: expected .+, got .+"
    words = "|".join(filter(None, [named, NUMPY, subject.says]))
    assert re.search(words, str(caught.value), re.DOTALL)
    assert state(arguments) == before


def forms(name, subject):
    """Yield a case for each form of each array that a subject takes."""
    for argument, good in subject.make().items():
        if isinstance(good, np.ndarray):
            kinds = bad.LAYOUTS | (bad.TYPES if argument in subject.forms else {})
            refused = subject.roles[argument](good)
            for kind in [kind for kind in kinds if kind not in refused]:
                yield case(name, argument, kinds[kind], name=f"{name}-{argument}-{kind}")


FORMS = [one for name, subject in SUBJECTS.items() for one in forms(name, subject)]


def leaves(result):
    """The numbers, arrays and texts of a result, one after another."""
    if isinstance(result, list | tuple):
        return [leaf for one in result for leaf in leaves(one)]
    return [result]


@pytest.mark.parametrize(("name", "argument", "form"), FORMS)
def test_another_form_of_the_same_numbers_gives_the_same(name, argument, form):
    subject = SUBJECTS[name]
    arguments, plain = subject.make(), subject.make()
    arguments[argument] = form(arguments[argument])
    plain[argument] = np.array(arguments[argument]).astype(plain[argument].dtype)
    before = state(arguments[argument])
    got, wanted = leaves(subject.call(**arguments)), leaves(subject.call(**plain))
    assert state(arguments[argument]) == before
    assert len(got) == len(wanted) > 0
    for one, other in zip(got, wanted, strict=True):
        if isinstance(other, str) or other is None:
            assert one == other
        else:
            np.testing.assert_allclose(one, other, rtol=1e-12)


NONSENSE = bad.function(None) | {
    "a function that returns nothing": lambda *arguments, **more: None,
    "a function that fails": lambda *arguments, **more: 1 / 0,
    "a function that returns a text": lambda *arguments, **more: "right",
    "a function that returns nan": lambda *arguments, **more: np.nan,
    "a function of no arguments": lambda: 0,
    "a class of nothing": bad.Opaque,
    "a function of Python": print,
}


@pytest.mark.parametrize("kind", [case(kind, name=kind) for kind in NONSENSE])
@pytest.mark.parametrize("exercise", checks.exercises())
def test_a_check_calls_nonsense_wrong_and_hands_back_mlpkits_own(exercise, kind, capsys):
    verdict = checks.judge(exercise, NONSENSE[kind])
    assert verdict.status == "wrong" and verdict.message
    given_back = getattr(checks, exercise)(NONSENSE[kind])
    assert given_back is not NONSENSE[kind] and callable(given_back)


@pytest.mark.parametrize("row", range(3))
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e308, -1e308])
@pytest.mark.parametrize("layer", [Tanh, ReLU, Sigmoid, Softmax, lambda: Linear(2, 3, rng=0)])
def test_a_number_that_is_none_spoils_only_its_own_row(layer, value, row):
    x = X[:3].copy()
    x[row, 1] = value
    with np.errstate(all="ignore"):
        got = layer().forward(x)
    others = np.arange(3) != row
    np.testing.assert_array_equal(got[others], layer().forward(X[:3])[others])
    assert np.isnan(got[row]).any() or not np.isnan(value)
