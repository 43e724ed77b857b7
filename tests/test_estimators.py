"""The estimators are the framework's work, and good citizens of scikit-learn."""

import pickle
import warnings

import cloudpickle
import numpy as np
import pytest
from nets import assert_same, values
from sklearn import neural_network as peers
from sklearn.base import clone
from sklearn.datasets import load_digits, make_moons
from sklearn.exceptions import ConvergenceWarning, DataConversionWarning, NotFittedError
from sklearn.metrics import r2_score
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import check_estimator

from mlpkit import (
    SGD,
    CrossEntropyLoss,
    Linear,
    LogisticLoss,
    Net,
    ReLU,
    Sigmoid,
    Softmax,
    Tanh,
    steps,
)
from mlpkit.interop import MLPClassifier, MLPRegressor

BOTH = [MLPClassifier, MLPRegressor]
SETTINGS = [
    {},
    {"solver": "sgd", "learning_rate_init": 0.001, "hidden_layer_sizes": 30},
    {"activation": "tanh", "hidden_layer_sizes": (20, 10), "alpha": 0.1},
    {"activation": "logistic", "batch_size": 8, "max_iter": 30, "shuffle": False},
    {"activation": "identity", "hidden_layer_sizes": (), "learning_rate_init": 0.1},
    {"early_stopping": True, "validation_fraction": 0.3, "learning_rate_init": 0.01},
]


def points(classes=3, samples=120, seed=0):
    """Return x (samples, 4) and labels 0 ... classes - 1 that depend on it."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(samples, 4))
    return x, (x @ rng.normal(size=(4, classes))).argmax(axis=1)


def curve(outputs=1, samples=120, seed=0):
    """Return x (samples, 4) and y, (samples,) or (samples, outputs), that depends on it."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(samples, 4))
    y = np.tanh(x @ rng.normal(size=(4, outputs))) + rng.normal(0, 0.01, (samples, outputs))
    return x, y if outputs > 1 else y[:, 0]


def sample(kind, **options):
    """Return x, y that an estimator of this kind can learn."""
    return points(**options) if kind is MLPClassifier else curve(**options)


def fitted(model, x, y):
    """Fit a model for its max_iter epochs, whether they are enough or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(x, y)


def quick(kind, **options):
    """An estimator that takes exactly 3 epochs, in batches of 32."""
    options = {"max_iter": 3, "batch_size": 32, "random_state": 0} | options
    return kind(8, **options)


# ---- a citizen of scikit-learn ----


@pytest.mark.parametrize("settings", SETTINGS)
@pytest.mark.parametrize("kind", BOTH)
def test_every_check_of_scikit_learn_passes(kind, settings):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the checks train for a few epochs
        results = check_estimator(kind(**settings), on_skip=None, on_fail=None)
    states = [result["status"] for result in results]
    unwell = [result for result in results if result["status"] not in ("passed", "skipped")]
    assert unwell == []
    assert states.count("skipped") <= 2  # what needs pandas or the array API
    assert states.count("passed") >= 50


def test_the_checks_of_scikit_learn_find_a_fault():
    class Careless(MLPClassifier):
        def predict(self, X):
            return super().predict(np.asarray(X)[:, : self.n_features_in_])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        results = check_estimator(Careless(max_iter=5), on_skip=None, on_fail=None)
    assert "failed" in [result["status"] for result in results]


def test_a_pipeline_scales_and_classifies():
    x, y = points()
    model = make_pipeline(StandardScaler(), MLPClassifier(random_state=0, learning_rate_init=0.02))
    fitted(model, 1000 * x + 500, y)
    assert model.score(1000 * x + 500, y) > 0.95


def test_a_grid_search_finds_the_rate_that_learns():
    x, y = points()
    grid = {"learning_rate_init": [1e-6, 0.02], "batch_size": [20, 60]}
    search = fitted(GridSearchCV(quick(MLPClassifier, max_iter=20), grid, cv=3), x, y)
    assert search.best_params_["learning_rate_init"] == 0.02
    assert search.best_score_ > 0.8


@pytest.mark.parametrize("kind", BOTH)
def test_cross_validation_scores_what_it_held_out(kind):
    x, y = sample(kind)
    model = kind(20, learning_rate_init=0.02, max_iter=1000, random_state=0)
    scores = cross_val_score(model, x, y, cv=3, error_score="raise")
    assert len(scores) == 3 and min(scores) > 0.75


@pytest.mark.parametrize("kind", BOTH)
def test_a_clone_has_the_settings_and_nothing_learned(kind):
    model = fitted(quick(kind, alpha=0.5), *sample(kind))
    twin = clone(model)
    assert twin.get_params() == model.get_params()
    assert not hasattr(twin, "net_")


@pytest.mark.parametrize("tool", [cloudpickle, pickle])
@pytest.mark.parametrize("kind", BOTH)
def test_a_copy_sent_to_another_process_predicts_the_same_and_goes_on_the_same(kind, tool):
    x, y = sample(kind)
    model = fitted(quick(kind), x, y)
    twin = pickle.loads(tool.dumps(model))
    np.testing.assert_array_equal(twin.predict(x), model.predict(x))
    assert_same(values(twin.partial_fit(x, y).net_), values(model.partial_fit(x, y).net_))


@pytest.mark.parametrize("kind", BOTH)
def test_a_copy_holds_the_net_and_not_the_data(kind):
    small, large = sample(kind, samples=96), sample(kind, samples=19_200)
    sizes = []
    for x, y in (small, large):
        model = fitted(quick(kind, max_iter=1), x, y)
        model.predict(x)
        sizes.append(len(cloudpickle.dumps(model)))
    assert sizes[1] < sizes[0] + 100


# ---- thin: the work is the framework's ----


def test_fit_is_steps_with_a_net_and_an_optimizer_made_by_hand():
    x, y = points()
    model = quick(MLPClassifier, solver="sgd", learning_rate_init=0.1, alpha=0.64, momentum=0.5)
    fitted(model, x, y)
    rng = np.random.default_rng(0)
    net = Net(Linear(4, 8, rng, (2 / 12) ** 0.5), ReLU(), Linear(8, 3, rng, (2 / 11) ** 0.5))
    optimizer = SGD(net, 0.1, momentum=0.5, weight_decay=0.64 / 32)
    losses = [v for _, v in steps(net, CrossEntropyLoss(), optimizer, x, y, 32, 3, rng)]
    assert_same(values(model.net_), values(net))
    np.testing.assert_array_equal(model.predict(x), net.predict(x))
    np.testing.assert_array_equal(model.predict_proba(x), Softmax().forward(net.forward(x)))
    means = np.average(np.reshape(losses, (3, 4)), axis=1, weights=[32, 32, 32, 24])
    np.testing.assert_allclose(model.loss_curve_, means, rtol=1e-14)


def test_two_classes_are_the_logistic_loss_of_one_score():
    x, y = points(classes=2)
    model = fitted(quick(MLPClassifier, solver="sgd", alpha=0, momentum=0, activation="tanh"), x, y)
    rng = np.random.default_rng(0)
    net = Net(Linear(4, 8, rng, (2 / 12) ** 0.5), Tanh(), Linear(8, 1, rng, (2 / 9) ** 0.5))
    for _ in steps(net, LogisticLoss(), SGD(net, 0.001), x, y, 32, 3, rng):
        pass
    assert_same(values(model.net_), values(net))
    p = Sigmoid().forward(net.forward(x))
    np.testing.assert_allclose(model.predict_proba(x), np.hstack([1 - p, p]), rtol=1e-12)


def peer_of(model, x, y):
    """Return scikit-learn's own estimator, trained like model from model's first numbers."""
    names = set(model.get_params()) & set(getattr(peers, type(model).__name__)().get_params())
    settings = {name: getattr(model, name) for name in names}
    peer = getattr(peers, type(model).__name__)(**settings, nesterovs_momentum=False)
    peer.set_params(warm_start=True, max_iter=1, tol=0, n_iter_no_change=1000)
    fitted(peer, x, y)
    begin = clone(model)
    begin._check_parameters()
    begin._data(x, y, new=True)
    begin._begin()
    linear = [layer for layer in begin.net_.layers if isinstance(layer, Linear)]
    peer.coefs_ = [layer.W.copy() for layer in linear]
    peer.intercepts_ = [layer.b.copy() for layer in linear]
    peer.n_iter_ = peer.t_ = 0
    return fitted(peer.set_params(max_iter=model.max_iter), x, y)


@pytest.mark.parametrize(
    ("kind", "amount"),
    [(MLPClassifier, 2), (MLPClassifier, 4), (MLPRegressor, 1), (MLPRegressor, 3)],
)
@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("activation", ["relu", "tanh", "logistic", "identity"])
def test_each_parameter_means_what_it_means_in_scikit_learn(kind, amount, solver, activation):
    x, y = points(amount) if kind is MLPClassifier else curve(amount)
    model = kind(
        (7, 5),
        activation,
        solver=solver,
        alpha=2.0,
        batch_size=30,  # 120 samples: no smaller batch at the end, the one thing that differs
        learning_rate_init=0.01,
        max_iter=5,
        shuffle=False,
        random_state=0,
        momentum=0.7,
    )
    fitted(model, x, y)
    peer = peer_of(model, x, y)
    linear = [layer for layer in model.net_.layers if isinstance(layer, Linear)]
    # In its Adam the 1e-8 of the divisor stands before the correction of the moments.
    atol = 1e-12 if solver == "sgd" else 2e-4
    for layer, w, b in zip(linear, peer.coefs_, peer.intercepts_, strict=True):
        np.testing.assert_allclose(layer.W, w, rtol=1e-9, atol=atol)
        np.testing.assert_allclose(layer.b, b, rtol=1e-9, atol=atol)


def test_alpha_is_divided_by_the_samples_of_a_batch_that_is_cut_to_the_data():
    x, y = points(samples=50)
    for size, samples in [("auto", 50), (1000, 50), (10, 10)]:
        model = fitted(quick(MLPClassifier, alpha=3, batch_size=size), x, y)
        assert model._optimizer.weight_decay == 3 / samples


# ---- as good as scikit-learn's ----


def mean_score(kind, x, y, **settings):
    """Return the mean score of three seeds on a quarter of the data that was held out."""
    scores = []
    for seed in range(3):
        train_x, test_x, train_y, test_y = train_test_split(x, y, random_state=seed)
        model = kind(random_state=seed, **settings)
        scores.append(fitted(model, train_x, train_y).score(test_x, test_y))
    return np.mean(scores)


@pytest.mark.parametrize("solver", ["sgd", "adam"])
def test_digits_are_read_as_well_as_by_scikit_learn(solver):
    x, y = load_digits(return_X_y=True)
    settings = {"solver": solver, "learning_rate_init": 0.01, "max_iter": 40}
    ours = mean_score(MLPClassifier, x / 16, y, **settings)
    assert ours > 0.93
    assert abs(ours - mean_score(peers.MLPClassifier, x / 16, y, **settings)) < 0.015


def test_moons_are_told_apart_as_well_as_by_scikit_learn():
    x, y = make_moons(400, noise=0.2, random_state=0)
    settings = {"learning_rate_init": 0.01, "max_iter": 150, "n_iter_no_change": 150}
    ours = mean_score(MLPClassifier, x, y, **settings)
    assert ours > 0.92
    assert abs(ours - mean_score(peers.MLPClassifier, x, y, **settings)) < 0.03


def test_a_curve_is_followed_as_well_as_by_scikit_learn():
    settings = {"learning_rate_init": 0.01, "max_iter": 100}
    ours = mean_score(MLPRegressor, *curve(2, samples=300), **settings)
    assert ours > 0.98
    assert abs(ours - mean_score(peers.MLPRegressor, *curve(2, samples=300), **settings)) < 0.01


# ---- when fit stops ----


def test_max_iter_epochs_that_were_not_enough_are_warned_about():
    with pytest.warns(ConvergenceWarning, match="max_iter: the net was still learning after 3"):
        model = quick(MLPClassifier).fit(*points())
    assert model.n_iter_ == len(model.loss_curve_) == 3


def test_fit_stops_when_the_loss_no_longer_falls_by_tol():
    model = quick(MLPClassifier, max_iter=1000, tol=10.0, n_iter_no_change=4).fit(*points())
    assert model.n_iter_ == 6  # the first epoch, four without improvement, and one too many
    assert model.validation_scores_ == []


def test_early_stopping_keeps_the_best_parameters_of_the_held_out_samples():
    x, y = points(samples=200)
    y = np.where(np.random.default_rng(1).random(200) < 0.3, 0, y)  # noise, to be overfitted
    model = quick(MLPClassifier, max_iter=500, early_stopping=True, learning_rate_init=0.05)
    model.set_params(validation_fraction=0.25).fit(x, y)
    scores = model.validation_scores_
    assert model.n_iter_ == len(scores) == len(model.loss_curve_) < 500
    assert scores[-1] < max(scores)
    _, held_x, _, held_y = train_test_split(x, y, test_size=0.25, random_state=0, stratify=y)
    assert model.score(held_x, held_y) == max(scores)


def test_early_stopping_of_a_regression_measures_r2():
    x, y = curve(2, samples=200)
    model = quick(MLPRegressor, max_iter=500, early_stopping=True, learning_rate_init=0.05)
    model.fit(x, y)
    _, held_x, _, held_y = train_test_split(x, y, test_size=0.1, random_state=0)
    assert r2_score(held_y, model.predict(held_x)) == max(model.validation_scores_) > 0.9


def test_early_stopping_of_a_regression_needs_two_held_out_samples():
    x, y = curve(samples=11)
    model = quick(MLPRegressor, early_stopping=True)
    with pytest.raises(ValueError, match=r"^validation_fraction: expected .* at least 2 samples"):
        model.fit(x[:10], y[:10])
    with pytest.raises(ValueError, match=r", got 0\.1, which is 1 of 10$"):
        model.fit(x[:10], y[:10])
    assert np.isfinite(fitted(model, x, y).validation_scores_).all()  # 0.1 of 11, rounded up, is 2


def test_held_out_samples_are_never_trained_on():
    x, y = curve(samples=200)
    model = fitted(quick(MLPRegressor, early_stopping=True), x, y)
    train_x, _, train_y, _ = train_test_split(x, y, test_size=0.1, random_state=0)
    twin = fitted(quick(MLPRegressor), train_x, train_y)
    assert model.loss_curve_ == twin.loss_curve_


# ---- going on ----


@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("kind", BOTH)
def test_a_warm_start_goes_on_as_if_it_had_never_stopped(kind, solver):
    x, y = sample(kind)
    model = quick(kind, warm_start=True, solver=solver)
    fitted(fitted(model, x, y), x, y)
    whole = fitted(quick(kind, max_iter=6, solver=solver), x, y)
    assert_same(values(model.net_), values(whole.net_))
    assert model.loss_curve_ == whole.loss_curve_
    assert model.n_iter_ == 6


@pytest.mark.parametrize("kind", BOTH)
def test_without_a_warm_start_fit_begins_anew(kind):
    x, y = sample(kind)
    model = fitted(quick(kind), x, y)
    before = values(model.net_)
    fitted(model, x, y)
    assert_same(values(model.net_), before)
    assert model.n_iter_ == len(model.loss_curve_) == 3


def test_a_warm_start_obeys_a_new_learning_rate_and_a_new_solver():
    x, y = points()
    model = fitted(quick(MLPClassifier, warm_start=True), x, y)
    model.set_params(learning_rate_init=1e-12)
    before = values(model.net_)
    fitted(model, x, y)
    for name, value in values(model.net_).items():
        np.testing.assert_allclose(value, before[name], atol=1e-10)
    fitted(model.set_params(solver="sgd"), x, y)
    assert isinstance(model._optimizer, SGD)


@pytest.mark.parametrize("kind", BOTH)
def test_to_go_on_with_other_layers_is_refused(kind):
    x, y = sample(kind)
    model = fitted(quick(kind, warm_start=True), x, y)
    before = values(model.net_)
    for train in (model.fit, model.partial_fit):
        model.set_params(hidden_layer_sizes=(8, 5))
        words = r"^hidden_layer_sizes: expected \[8\], as in the net .*, got \(8, 5\)$"
        with pytest.raises(ValueError, match=words):
            train(x, y)
        model.set_params(hidden_layer_sizes=[8], activation="tanh")
        with pytest.raises(ValueError, match=r"^activation: expected relu, as .*, got tanh$"):
            train(x, y)
    assert_same(values(model.net_), before)
    fitted(model.set_params(warm_start=False, hidden_layer_sizes=(8, 5)), x, y)
    assert values(model.net_)["W2"].shape == (8, 5)


def test_a_warm_start_keeps_the_best_parameters_that_it_had():
    x, y = points(samples=200)
    model = quick(MLPClassifier, max_iter=100, early_stopping=True, warm_start=True)
    best = max(fitted(model, x, y).validation_scores_)
    fitted(model.set_params(learning_rate_init=0.5), x, y)
    _, held_x, _, held_y = train_test_split(x, y, test_size=0.1, random_state=0, stratify=y)
    assert model.score(held_x, held_y) == max(model.validation_scores_) >= best


@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("kind", BOTH)
def test_partial_fit_is_one_epoch_of_fit(kind, solver):
    x, y = sample(kind)
    model = quick(kind, solver=solver)
    first = {"classes": [0, 1, 2]} if kind is MLPClassifier else {}
    model.partial_fit(x, y, **first).partial_fit(x, y).partial_fit(x, y)
    whole = fitted(quick(kind, solver=solver), x, y)
    assert_same(values(model.net_), values(whole.net_))
    assert model.loss_curve_ == whole.loss_curve_
    assert model.n_iter_ == 3


def test_partial_fit_learns_from_pieces_that_lack_classes():
    x, y = points(samples=600)
    order = y.argsort(kind="stable")
    model = MLPClassifier(random_state=0, learning_rate_init=0.01)
    for _ in range(100):
        for piece in np.array_split(order, 10):
            model.partial_fit(x[piece], y[piece], classes=[2, 1, 0])
    assert model.score(x, y) > 0.9


def test_partial_fit_holds_nothing_out():
    x, y = curve()
    model = quick(MLPRegressor, early_stopping=True).partial_fit(x, y)
    assert_same(values(model.net_), values(quick(MLPRegressor).partial_fit(x, y).net_))
    assert model.validation_scores_ == []


# ---- random numbers, types, shapes ----


@pytest.mark.parametrize("kind", BOTH)
def test_the_same_random_state_gives_the_same_bits(kind):
    x, y = sample(kind)
    runs = [fitted(quick(kind, random_state=s), x, y) for s in (5, 5, np.int64(5), 6)]
    assert_same(values(runs[0].net_), values(runs[1].net_))
    assert_same(values(runs[0].net_), values(runs[2].net_))
    assert (values(runs[0].net_)["W1"] != values(runs[3].net_)["W1"]).all()


def test_a_random_state_object_is_drawn_from_and_none_is_new_each_time():
    x, y = curve()

    def first_weights(state):
        return values(fitted(quick(MLPRegressor, random_state=state), x, y).net_)["W1"]

    state = np.random.RandomState(3)
    one, two = first_weights(state), first_weights(state)
    assert (one != two).all()
    np.testing.assert_array_equal(first_weights(np.random.RandomState(3)), one)
    assert (first_weights(None) != first_weights(None)).all()


@pytest.mark.parametrize("solver", ["sgd", "adam"])
@pytest.mark.parametrize("kind", BOTH)
def test_float32_stays_float32_all_the_way(kind, solver):
    x, y = sample(kind)
    numbers = {"alpha": np.float64(0.1), "learning_rate_init": np.float64(0.01)}
    model = fitted(quick(kind, solver=solver, **numbers), x.astype(np.float32), y)
    optimizer = vars(model._optimizer)
    for name, value, gradient in model.net_.parameters():
        assert value.dtype == gradient.dtype == np.float32
        past = optimizer["velocity"][name] if solver == "sgd" else optimizer["moments"][name]
        assert np.asarray(past).dtype == np.float32
    out = model.predict_proba(x.astype(np.float32)) if kind is MLPClassifier else model.predict(x)
    assert out.dtype == (np.float32 if kind is MLPClassifier else np.float64)
    wide = fitted(quick(kind, solver=solver, **numbers), x, y)
    np.testing.assert_allclose(model.loss_curve_, wide.loss_curve_, rtol=1e-4)


def test_labels_of_any_type_come_back():
    x, y = points()
    names = np.array(["ant", "bee", "cat"])
    model = fitted(quick(MLPClassifier), x, names[y])
    np.testing.assert_array_equal(model.classes_, names)
    np.testing.assert_array_equal(model.predict(x), names[model.predict_proba(x).argmax(axis=1)])
    plain = fitted(quick(MLPClassifier), x, y)
    np.testing.assert_array_equal(model.predict(x), names[plain.predict(x)])


@pytest.mark.parametrize("outputs", [1, 3])
def test_a_prediction_has_the_shape_of_y(outputs):
    x, y = curve(outputs)
    assert fitted(quick(MLPRegressor), x, y).predict(x).shape == y.shape


def test_a_prediction_of_many_rows_is_that_of_each():
    x, y = curve(2, samples=2500)
    model = fitted(quick(MLPRegressor), x, y)
    parts = [model.predict(part) for part in np.array_split(x, 25)]
    np.testing.assert_allclose(model.predict(x), np.concatenate(parts), rtol=1e-12)


def test_a_prediction_leaves_no_trace():
    x, y = points()
    model = fitted(quick(MLPClassifier), x, y)
    before = cloudpickle.dumps(model)
    model.predict(x[:7])
    model.predict_proba(x)
    assert cloudpickle.dumps(model) == before


# ---- what is refused ----


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hidden_layer_sizes", (10, 0)),
        ("hidden_layer_sizes", 2.5),
        ("hidden_layer_sizes", "ten"),
        ("activation", "gelu"),
        ("activation", ["relu"]),
        ("solver", "lbfgs"),
        ("alpha", -1),
        ("alpha", "small"),
        ("batch_size", 0),
        ("batch_size", "all"),
        ("learning_rate_init", 0),
        ("learning_rate_init", np.nan),
        ("max_iter", 1.5),
        ("max_iter", True),
        ("shuffle", 1),
        ("tol", -1e-4),
        ("warm_start", "yes"),
        ("momentum", 1),
        ("early_stopping", None),
        ("validation_fraction", 1.0),
        ("n_iter_no_change", 0),
        ("random_state", "seed"),
        ("random_state", -1),
        ("random_state", 2**32),
    ],
)
@pytest.mark.parametrize("kind", BOTH)
def test_a_bad_parameter_is_named_before_anything_is_learned(kind, name, value):
    model = kind(**{name: value})
    for train in (model.fit, model.partial_fit):
        with pytest.raises(ValueError, match=f"^{name}: expected .*, got "):
            train(*sample(kind))
    assert not hasattr(model, "n_features_in_")


def test_several_labels_a_sample_are_refused():
    x, y = points()
    with pytest.raises(ValueError, match=r"y: expected one label a sample .*multi-label"):
        MLPClassifier().fit(x, np.eye(3, dtype=int)[y])


def test_a_column_of_labels_is_taken_with_a_warning():
    x, y = points()
    with pytest.warns(DataConversionWarning):
        model = quick(MLPClassifier, tol=10.0, n_iter_no_change=1).fit(x, y[:, None])
    assert model.predict(x).shape == y.shape


def test_a_single_class_is_refused():
    with pytest.raises(ValueError, match="y: expected at least two classes, got one class"):
        MLPClassifier().fit(points()[0], np.zeros(120, int))


def test_the_first_piece_needs_the_classes_and_later_ones_must_keep_to_them():
    x, y = points()
    model = quick(MLPClassifier)
    with pytest.raises(ValueError, match="classes: expected all labels, in the first call"):
        model.partial_fit(x, y)
    model.partial_fit(x, y, classes=[0, 1, 2])
    before = values(model.net_)
    with pytest.raises(ValueError, match="classes: expected those of the first call"):
        model.partial_fit(x, y, classes=[0, 1, 2, 3])
    with pytest.raises(ValueError, match=r"y: expected labels among .* got \[3\]"):
        model.partial_fit(x, np.where(y == 2, 3, y))
    assert_same(values(model.net_), before)


def test_a_warm_start_on_other_data_is_refused():
    model = fitted(quick(MLPClassifier, warm_start=True), *points())
    with pytest.raises(ValueError, match="y: expected labels among the classes"):
        model.fit(*points(classes=5))
    with pytest.raises(ValueError, match="features"):
        model.fit(points()[0][:, :2], points()[1])
    model = fitted(quick(MLPRegressor, warm_start=True), *curve(2))
    with pytest.raises(ValueError, match="y: expected 2 numbers a sample, got 3"):
        model.fit(*curve(3))


@pytest.mark.parametrize("kind", BOTH)
def test_a_training_that_diverges_says_which_parameter_to_lower(kind):
    x, y = sample(kind)
    model = quick(kind, solver="sgd", learning_rate_init=1e200)
    with pytest.raises(ValueError, match=r"^learning_rate_init: expected .* finite.* got 1e\+200"):
        model.fit(x, y)


@pytest.mark.parametrize("kind", BOTH)
def test_no_prediction_before_fit(kind):
    with pytest.raises(NotFittedError):
        kind().predict(points()[0])


@pytest.mark.parametrize("kind", BOTH)
def test_sample_weights_are_refused(kind):
    with pytest.raises(TypeError, match="sample_weight"):
        kind().fit(*sample(kind), sample_weight=np.ones(120))
