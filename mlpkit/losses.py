"""How wrong is the model? forward(scores, y) returns the loss, a float: the mean over the batch.
backward() returns its gradient dscores; the 1/batch of the mean is applied there, nowhere else."""

import numpy as np


def check(ok, argument, wanted, got):
    """Raise ValueError, with the one sentence that all errors of the framework have, unless ok."""
    if not ok:
        raise ValueError(f"{argument}: expected {wanted}, got {got}")


def check_number(name, value, wanted, test):
    """Raise ValueError unless value is a single number that passes the test."""
    single = np.isscalar(value) and np.asarray(value).dtype.kind in "iuf"
    check(single and test(value), name, f"a number {wanted}", value)


def numbers(argument, values, wanted="an array of numbers", kinds="fiubc", finite=False):
    """Return values as an array with a row per sample, if they are numbers, or raise ValueError."""
    values = np.asarray(values)
    check(values.dtype.kind in kinds, argument, wanted, values.dtype)
    check(values.ndim and values.size, argument, "at least one sample", values.shape)
    check(not finite or np.isfinite(values).all(), argument, "finite numbers", "nan or inf too")
    return values


def check_labels(y, batch, classes):
    """Return y as an array (batch,) of whole numbers 0 ... classes - 1, or raise ValueError."""
    y = numbers("y", y, "an array of whole numbers", "iu")
    check(y.shape == (batch,), "y", "a label for each sample's scores", y.shape)
    least, most = int(y.min()), int(y.max())
    check(0 <= least and most < classes, "y", f"labels below {classes}, from 0", (least, most))
    return y.astype(int)


class Loss:
    """What all losses share: backward hands out the gradient that forward has left."""

    def backward(self):
        check(hasattr(self, "dscores"), "backward", "a forward pass before it", "none")
        return self.dscores


class AbsoluteLoss(Loss):
    """|r| of the residuals r = scores - y, in one shape (batch, outputs); summed over outputs."""

    def forward(self, scores, y):
        scores, y = numbers("scores", scores), numbers("y", y)
        check(scores.shape == y.shape, "y", f"the scores' shape {scores.shape}", y.shape)
        values, slopes = self.of_residual(1.0 * scores - y)
        self.dscores = slopes / len(y)
        return float(values.sum() / len(y))

    def of_residual(self, r):
        return np.abs(r), np.sign(r)  # at the kink r = 0 any slope from -1 to 1 would do


class SquaredLoss(AbsoluteLoss):
    """r² instead of |r|, with no factor 1/2: the farther a sample is off, the harder it pulls."""

    def of_residual(self, r):
        return r * r, 2 * r


class CrossEntropyLoss(Loss):
    """-log of the probability p that softmax, which is inside, gives to the right class y.
    A sample costs -log p_y = log(sum of exp(score_j)) - score_y. By score_j the first term has the
    derivative exp(score_j) / sum = p_j, the second 1 at the label, else 0: together "p - y"."""

    def forward(self, scores, y):
        scores = numbers("scores", scores)
        check(scores.ndim == 2, "scores", "shape (batch, classes)", scores.shape)
        y = check_labels(y, *scores.shape)
        shifted = scores - 1.0 * scores.max(axis=1, keepdims=True)  # the same p, no overflow
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        one_hot = np.eye(log_p.shape[1], dtype=log_p.dtype).take(y, axis=0)  # 1 at y, elsewhere 0
        self.dscores = (np.exp(log_p) - one_hot) / len(y)
        return -float((one_hot * log_p).sum() / len(y))


class LogisticLoss(CrossEntropyLoss):
    """Two classes, 0 and 1, with one score f a sample, (batch,) or (batch, 1): the cross-entropy of
    the two scores 0 and f, that is log(1 + exp(-f)) for label 1 and log(1 + exp(f)) for label 0."""

    def forward(self, scores, y):
        scores = numbers("scores", scores)
        check(scores.size == len(scores), "scores", "one per sample", scores.shape)
        value = super().forward(np.outer(scores, [False, True]), y)  # columns 0 and f, any dtype
        self.dscores = self.dscores[:, 1].reshape(scores.shape)  # sigmoid(f) - y
        return value


def labels(scores):
    """Scores to labels (batch,): the highest of several scores, or whether a single one is > 0."""
    scores = numbers("scores", scores).reshape(len(scores), -1)
    return scores.argmax(axis=1) if scores.shape[1] > 1 else (scores[:, 0] > 0).astype(int)


def accuracy(scores, y):
    """Share of samples, 0 to 1, whose label the scores get right."""
    found = labels(scores)
    return float((found == check_labels(y, len(found), max(2, np.size(scores[:1])))).mean())


def zero_one_loss(scores, y):
    """Share of samples that the scores get wrong, 1 - accuracy: too flat to train on."""
    return 1 - accuracy(scores, y)
