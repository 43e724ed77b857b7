"""The framework as scikit-learn's citizen: MLPClassifier and MLPRegressor.

They go wherever scikit-learn takes an estimator: a Pipeline, GridSearchCV, cross_val_score. Nets,
losses, optimizers and the training loop are the framework's; here is only what scikit-learn asks
for besides. Parameters have scikit-learn's names where they mean the same. What differs:

- W starts normal with the spread that scikit-learn gives it (Glorot & Bengio, 2010), b at 0. Small
  sets are learned better so than with the larger default of `Linear`. A seed gives other numbers
  than there.
- `momentum` is the classical one (nesterovs_momentum=False there), and the learning rate is
  constant.
- `alpha` is the penalty ½ alpha Σ w² over all W, never b, divided by the samples of a mini-batch: a
  weight decay of alpha / batch size. A last, smaller batch is decayed like the others, and the
  losses in `loss_curve_` are those of the data alone.
- Sample weights, several labels a sample, and sparse X are not supported.
"""

import copy
import warnings
from itertools import islice, pairwise

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split
from sklearn.utils import column_or_1d
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_is_fitted, validate_data

from ..layers import Linear, ReLU, Sigmoid, Softmax, Tanh
from ..losses import CrossEntropyLoss, LogisticLoss, SquaredLoss, check, check_number, labels
from ..net import Net
from ..optim import SGD, Adam
from ..train import evaluate, steps

FLOATS = (np.float64, np.float32)  # X of any other type becomes the first
SEEDS = 2**32  # how many seeds scikit-learn knows
AT_ONCE = 1000  # rows that predict takes at a time, as `evaluate` does
ACTIVATIONS = {"relu": [ReLU], "tanh": [Tanh], "logistic": [Sigmoid], "identity": []}


class PenalizedAdam(Adam):
    """Adam on a loss with a penalty: weight_decay * W is added to dW, as SGD does it."""

    def step(self):
        for _, value, gradient in self.net.parameters():
            if value.ndim == 2:
                gradient += self.weight_decay * value
        super().step()


class HalfSquaredLoss(SquaredLoss):
    """½ r², as scikit-learn has it: a learning rate or an alpha means the same here and there."""

    def of_residual(self, r):
        return r * r / 2, r


class InOrder(np.random.Generator):
    """What `steps` shuffles with if the samples shall stay in their order."""

    def permutation(self, x):
        return np.arange(x)


SOLVERS = {"sgd": SGD, "adam": PenalizedAdam}


class BaseMLP(BaseEstimator):
    """What both estimators share. A subclass has _data, _loss and _score."""

    def __init__(
        self,
        hidden_layer_sizes=(100,),
        activation="relu",
        *,
        solver="adam",
        alpha=0.0001,
        batch_size="auto",
        learning_rate_init=0.001,
        max_iter=200,
        shuffle=True,
        random_state=None,
        tol=1e-4,
        warm_start=False,
        momentum=0.9,
        early_stopping=False,
        validation_fraction=0.1,
        n_iter_no_change=10,
    ):
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.shuffle = shuffle
        self.random_state = random_state
        self.tol = tol
        self.warm_start = warm_start
        self.momentum = momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change

    def fit(self, X, y):
        """Train on X (samples, features) and y until nothing gets better; return self.

        That is: for n_iter_no_change epochs the loss did not fall by tol or, with early_stopping,
        the score on the held-out samples did not rise by it, whose best parameters are then kept.
        With warm_start a further call goes on with the net, the optimizer and the random numbers
        of the last one; hidden_layer_sizes and activation must then be those of the net.
        """
        self._check_parameters()
        goes_on = self.warm_start and hasattr(self, "net_")
        x, y = self._data(X, y, new=not goes_on)
        if goes_on:
            self._check_made()
        else:
            self._begin()
        held_out = None
        if self.early_stopping:
            x, y, held_out = self._hold_out(x, y)
        self._train(x, y, held_out)
        return self

    @property
    def n_iter_(self):
        """How many epochs there were so far."""
        return len(self.loss_curve_)

    def predict(self, X):
        """Return the prediction (samples,) or (samples, outputs) for X (samples, features)."""
        out = self._forward(self._read(X))
        return out[:, 0] if out.shape[1] == 1 else out

    def _train(self, x, y, held_out):
        """Go through the epochs of `fit`; warn if max_iter of them were not enough."""
        past = self.validation_scores_ if held_out else [-loss for loss in self.loss_curve_]
        best, kept, waiting = max(past, default=-np.inf), self._values(), 0
        for loss in self._epochs(x, y, self.max_iter):
            score = -loss
            if held_out:
                score = self._score(*held_out)
                self.validation_scores_.append(score)
            waiting = 0 if score >= best + self.tol else waiting + 1
            if held_out and score > best:
                kept = self._values()
            best = max(best, score)
            if waiting > self.n_iter_no_change:
                break
        else:
            sentence = f"max_iter: the net was still learning after {self.max_iter} epochs"
            warnings.warn(sentence, ConvergenceWarning, stacklevel=3)
        if held_out:
            for (_, value, _), best_value in zip(self.net_.parameters(), kept, strict=True):
                value[...] = best_value

    def _epochs(self, x, y, epochs):
        """Yield the loss of each epoch, the mean over its samples, once it is over."""
        size = min(200 if self.batch_size == "auto" else self.batch_size, len(x))
        batches = [min(size, len(x) - start) for start in range(0, len(x), size)]
        rng = self._rng if self.shuffle else InOrder(self._rng.bit_generator)
        walk = steps(self.net_, self._loss(), self._tuned(size), x, y, size, epochs, rng)
        for _ in range(epochs):
            values = [value for _, value in islice(walk, len(batches))]
            loss = float(np.average(values, weights=batches))
            self._check_finite(loss)
            self.loss_curve_.append(loss)
            yield loss

    def _begin(self):
        """Make the net, whose first numbers and whose order of samples come from random_state."""
        self._seed = self._drawn_seed()
        self._rng = np.random.default_rng(self._seed)
        sizes, layers = [self.n_features_in_, *self._hidden(), self._outputs], []
        for n_in, n_out in pairwise(sizes):
            scale = np.sqrt(2 / (n_in + n_out))  # Glorot & Bengio, 2010
            bends = [bend() for bend in ACTIVATIONS[self.activation]]
            layers += [Linear(n_in, n_out, self._rng, scale), *bends]
        self._made = self._hidden(), self.activation
        self._optimizer, self.loss_curve_, self.validation_scores_ = None, [], []
        # Last, because an interrupted fit has begun if there is a net. The last Linear scores.
        self.net_ = Net(*layers[: len(layers) - len(bends)])

    def _check_made(self):
        """Raise ValueError unless the net to go on with has the layers that are asked for."""
        sizes, activation = self._made
        wanted = f"{sizes}, as in the net to go on with"
        check(self._hidden() == sizes, "hidden_layer_sizes", wanted, self.hidden_layer_sizes)
        wanted = f"{activation}, as in the net to go on with"
        check(self.activation == activation, "activation", wanted, self.activation)

    def _drawn_seed(self):
        """The seed that random_state is, or one drawn from it; with None a new one each time."""
        state = self.random_state
        if isinstance(state, np.random.RandomState):
            return int(state.randint(SEEDS, dtype=np.uint32))
        return int(np.random.default_rng().integers(SEEDS) if state is None else state)

    def _hidden(self):
        """The units of each hidden layer, as a list."""
        sizes = self.hidden_layer_sizes
        return list(sizes) if np.iterable(sizes) else [sizes]

    def _tuned(self, size):
        """The optimizer, with its memory of past steps if there is one, set to the parameters."""
        if not isinstance(self._optimizer, SOLVERS[self.solver]):
            self._optimizer = SOLVERS[self.solver](self.net_, self.learning_rate_init)
        optimizer = self._optimizer
        # Python's floats, because a NumPy float64 would turn a float32 gradient into float64.
        optimizer.lr = float(self.learning_rate_init)
        optimizer.weight_decay = float(self.alpha) / size
        if self.solver == "sgd":
            optimizer.momentum = float(self.momentum)
        return optimizer

    def _hold_out(self, x, y):
        """Return x, y without the validation_fraction, and the held-out pair; always the same."""
        parts = train_test_split(
            x,
            y,
            test_size=self.validation_fraction,
            random_state=self._seed,
            stratify=y if y.dtype.kind == "i" else None,
        )
        return parts[0], parts[2], (parts[1], parts[3])

    def _values(self):
        return [value.copy() for _, value, _ in self.net_.parameters()]

    def _reader(self):
        """A net of the same parameters, but with its own notes: reading leaves no trace in net_."""
        return Net(*map(copy.copy, self.net_.layers))

    def _read(self, X):
        """Return X as an array (samples, features) of floats that fits the net, or raise."""
        check_is_fitted(self, "net_")
        return validate_data(self, X, dtype=FLOATS, reset=False)

    def _forward(self, x):
        """The net's output (samples, outputs), some rows at a time: memory stays small."""
        net = self._reader()
        starts = range(0, len(x), AT_ONCE)
        return np.concatenate([net.forward(x[start : start + AT_ONCE]) for start in starts])

    def _check_parameters(self):
        """Raise ValueError, naming the parameter, unless all have values that make sense."""
        for name, known in (("activation", ACTIVATIONS), ("solver", SOLVERS)):
            value = getattr(self, name)
            check(isinstance(value, str) and value in known, name, " or ".join(known), repr(value))
        wanted, counts = "whole numbers above 0", self._hidden()
        check(all(map(is_count, counts)), "hidden_layer_sizes", wanted, self.hidden_layer_sizes)
        check(is_count(self.max_iter), "max_iter", "a whole number above 0", self.max_iter)
        auto = isinstance(self.batch_size, str) and self.batch_size == "auto"
        wanted = '"auto" or a whole number above 0'
        check(auto or is_count(self.batch_size), "batch_size", wanted, repr(self.batch_size))
        for name, words, test in NUMBERS:
            check_number(name, getattr(self, name), words, test)
        for name in ("shuffle", "warm_start", "early_stopping"):
            value = getattr(self, name)
            check(isinstance(value, bool | np.bool_), name, "True or False", repr(value))
        self._check_random_state()

    def _check_random_state(self):
        state = self.random_state
        known = state is None or isinstance(state, np.random.RandomState)
        seed = np.issubdtype(type(state), np.integer) and 0 <= state < SEEDS
        wanted = "None, a RandomState or a seed from 0 to 2**32 - 1"
        check(known or seed, "random_state", wanted, repr(state))

    def _check_finite(self, loss):
        finite = all(np.isfinite(value).all() for _, value, _ in self.net_.parameters())
        wanted = "a rate at which the loss stays finite; a smaller one may help"
        check(finite and np.isfinite(loss), "learning_rate_init", wanted, self.learning_rate_init)

    def _one_epoch(self, x, y):
        for _ in self._epochs(x, y, 1):
            pass


def is_count(value):
    """Whether value is a whole number above 0, and not True."""
    return np.issubdtype(type(value), np.integer) and value > 0


# The parameters that are plain numbers: name, what is allowed in words, and as a test.
NUMBERS = [
    ("alpha", "from 0", lambda v: 0 <= v < np.inf),
    ("learning_rate_init", "above 0", lambda v: 0 < v < np.inf),
    ("momentum", "from 0 to below 1", lambda v: 0 <= v < 1),
    ("tol", "from 0", lambda v: 0 <= v < np.inf),
    ("n_iter_no_change", "from 1", lambda v: v >= 1),
    ("validation_fraction", "between 0 and 1", lambda v: 0 < v < 1),
]


class MLPClassifier(ClassifierMixin, BaseMLP):
    """A net that tells classes apart, trained on cross-entropy (with two classes: LogisticLoss).

    After `fit`: `net_` the Net, `classes_` the labels in order, `loss_curve_` the loss of each
    epoch, `validation_scores_` the accuracies of early stopping, `n_iter_` the epochs so far.
    The parameters are described at the top of this file and in scikit-learn's MLPClassifier.
    """

    def partial_fit(self, X, y, classes=None):
        """Walk once through X (samples, features) and the labels y (samples,); return self.

        The first call makes the net, and needs all labels that will ever come as `classes`. Nothing
        is held out, with early_stopping either: a piece of the data is no measure of the whole.
        """
        self._check_parameters()
        new = not hasattr(self, "net_")
        check(not new or classes is not None, "classes", "all labels, in the first call", None)
        x, y = self._data(X, y, new, classes)
        if new:
            self._begin()
        else:
            self._check_made()
        self._one_epoch(x, y)
        return self

    def predict(self, X):
        """Return the label (samples,) for each row of X (samples, features)."""
        found = labels(self._forward(self._read(X)))
        return self.classes_[found]

    def predict_proba(self, X):
        """Return the probability (samples, classes) of each class, ordered as in classes_."""
        scores = self._forward(self._read(X))
        if scores.shape[1] == 1:  # LogisticLoss: the other class has the score 0
            scores = np.hstack([np.zeros_like(scores), scores])
        return Softmax().forward(scores)

    def _data(self, X, y, new, classes=None):
        """Return X as floats, and y as whole numbers that count the classes; learn the classes."""
        x, y = validate_data(self, X, y, dtype=FLOATS, multi_output=True, reset=new)
        several = y.ndim == 2 and y.shape[1] > 1
        check(not several, "y", "one label a sample (multi-label is not supported)", y.shape)
        y = column_or_1d(y, warn=True)
        check_classification_targets(y)
        known = np.unique(y if classes is None else classes) if new else self.classes_
        same = classes is None or np.array_equal(np.unique(classes), known)
        check(same, "classes", f"those of the first call, {known}", classes)
        check(len(known) > 1, "y", "at least two classes", f"one class, {known}")
        strange = np.setdiff1d(y, known)
        check(not len(strange), "y", f"labels among the classes {known}", strange)
        self.classes_, self._outputs = known, 1 if len(known) == 2 else len(known)
        return x, np.searchsorted(known, y)

    def _loss(self):
        return LogisticLoss() if self._outputs == 1 else CrossEntropyLoss()

    def _score(self, x, y):
        return evaluate(self._reader(), self._loss(), x, y)[1]


class MLPRegressor(RegressorMixin, BaseMLP):
    """A net that predicts numbers, one or several a sample, trained on ½ (ŷ − y)².

    After `fit`: `net_` the Net, `loss_curve_` the loss of each epoch (summed over the outputs, mean
    over the samples), `validation_scores_` the R² of early stopping, `n_iter_` the epochs so far.
    The parameters are described at the top of this file and in scikit-learn's MLPRegressor.
    """

    def partial_fit(self, X, y):
        """Walk once through X (samples, features) and y (samples,) or (samples, outputs).

        The first call makes the net. Nothing is held out, with early_stopping either. Returns self.
        """
        self._check_parameters()
        new = not hasattr(self, "net_")
        x, y = self._data(X, y, new)
        if new:
            self._begin()
        else:
            self._check_made()
        self._one_epoch(x, y)
        return self

    def _data(self, X, y, new):
        """Return X as floats, and y (samples, outputs) as floats of the same type."""
        checks = {"dtype": FLOATS, "multi_output": True, "y_numeric": True}
        x, y = validate_data(self, X, y, reset=new, **checks)
        y = y.reshape(len(y), -1).astype(x.dtype)  # else a float64 y would turn all into float64
        outputs = y.shape[1] if new else self._outputs
        check(y.shape[1] == outputs, "y", f"{outputs} numbers a sample", y.shape[1])
        self._outputs = outputs
        return x, y

    def _hold_out(self, x, y):
        x, y, held_out = super()._hold_out(x, y)
        count, samples = len(held_out[0]), len(held_out[0]) + len(x)
        wanted = "a fraction of at least 2 samples, because one alone has no R²"
        got = f"{self.validation_fraction}, which is {count} of {samples}"
        check(count >= 2, "validation_fraction", wanted, got)
        return x, y, held_out

    def _loss(self):
        return HalfSquaredLoss()

    def _score(self, x, y):
        return float(r2_score(y, self._forward(x)))

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.multi_output = True
        return tags
