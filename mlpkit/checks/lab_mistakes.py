"""The known mistakes in the exercises of the lab."""

import numpy as np

from ..i18n import N_
from . import reference as public
from .honest import copies
from .known import Known

reference = copies(public)


def pixels_trace(answer):
    images = (np.arange(3 * 784) % 200).astype(np.uint8).reshape(3, 28, 28)
    x = answer(images)
    yield "x", x
    yield "bits of a number", 8 * np.asarray(x).dtype.itemsize


def rows(images):
    return np.reshape(images, (len(images), 784)).astype(np.float32)


scale_pixels = {
    "not-scaled": Known(
        N_("The values still go from 0 to 255: divide by 255 to bring them into [0, 1]."), (rows,)
    ),
    "own-maximum": Known(
        N_(
            "Divide by 255, the largest a pixel can be, not by the largest that happens to "
            "be there."
        ),
        (lambda images: rows(images) / images.max(),),
    ),
    "divided-by-256": Known(
        N_("The largest pixel value is 255, so ink must become 1: divide by 255, not 256."),
        (lambda images: rows(images) / np.float32(256),),
    ),
    "not-flat": Known(
        N_("The images are still (28, 28): the net takes one row of 784 numbers for each."),
        (lambda images: images.astype(np.float32) / 255,),
    ),
    "not-float32": Known(
        N_("The numbers are float64: .astype(np.float32) halves memory and time."),
        (lambda images: rows(images).astype(float) / 255,),
    ),
    "integer-truncates": Known(
        N_(
            "Whole-number division cuts off all decimals: turn the pixels into float32 "
            "first, then /."
        ),
        (lambda images: rows(images // 255), lambda images: rows(images / 255 // 1)),
    ),
    "rows-mixed": Known(
        N_("The pixels of different images are mixed: reshape to (N, 784), each row one image."),
        (
            lambda images: (images.reshape(784, -1).T / 255).astype(np.float32),
            lambda images: (images.T.reshape(len(images), -1) / 255).astype(np.float32),
        ),
    ),
    "transposed": Known(
        N_("The shape is (784, N): samples stand in rows, so it is (N, 784)."),
        (lambda images: (rows(images) / 255).T,),
    ),
    "wrong-range": Known(
        N_("The values do not go from 0 to 1: divide by 255, nothing else."),
        (
            lambda images: rows(images) / 127.5 - 1,
            lambda images: rows(images) / 255 - 0.5,
            lambda images: 1 - rows(images) / 255,
        ),
    ),
    "input-changed": Known(N_("The images themselves are changed: compute a new array instead.")),
}

NETS = {
    "rng-ignored": Known(
        N_("rng does not decide the weights: hand it to each Linear(n_in, n_out, rng).")
    ),
    "not-a-net": Known(N_("This is no Net: return Net(...), with the layers inside.")),
    "wrong-sizes": Known(
        N_(
            "The sizes do not fit: 784 inputs, 10 outputs, and what one layer puts out the "
            "next takes."
        )
    ),
    "too-many-layers": Known(N_("There are too many Linear layers for this task.")),
    "too-few-layers": Known(N_("There are too few Linear layers for this task.")),
    "no-activation": Known(
        N_(
            "An activation is missing between two Linear layers: without it they are worth "
            "only one."
        )
    ),
    "equal-start": Known(
        N_("All weights of a layer start equal, so all its units learn the same: draw them by rng.")
    ),
    "shared-layer": Known(
        N_(
            "One object stands at two places in the net: it keeps only what came last, so "
            "backward goes wrong. Make a new one for each place."
        )
    ),
    "bent-end": Known(
        N_("An activation stands at the end: the scores may be any numbers, also negative ones.")
    ),
}


def confusion_trace(answer):
    yield "counts", answer(np.array([3, 3, 5, 6, 3]), np.array([3, 7, 5, 0, 7]))
    yield "counts of many", answer(np.full(300, 7), np.full(300, 7))


def transposed(y, y_hat):
    return reference.confusion(y_hat, y)


def counted_once(y, y_hat):
    return np.minimum(reference.confusion(y, y_hat), 1)


def mistakes_only(y, y_hat):
    counts = reference.confusion(y, y_hat)
    np.fill_diagonal(counts, 0)
    return counts


def right_only(y, y_hat):
    return np.diag(np.diag(reference.confusion(y, y_hat)))


def shares(axis):
    """A confusion matrix of fractions: of all samples, of a row or of a column."""

    def confusion(y, y_hat):
        counts = reference.confusion(y, y_hat)
        return counts / np.maximum(counts.sum(axis=axis, keepdims=axis is not None), 1)

    return confusion


def small(y, y_hat):
    size = max(y.max(), y_hat.max()) + 1
    return reference.confusion(y, y_hat)[:size, :size]


def in_bytes(y, y_hat):
    return reference.confusion(y, y_hat).astype(np.uint8)


confusion = {
    "transposed": Known(
        N_("Rows and columns are swapped: row = the true digit, column = the answer."),
        (transposed,),
    ),
    "counted-once": Known(
        N_("Repeated pairs count only once: matrix[y, y_hat] += 1 adds 1 per place. Use a loop."),
        (counted_once,),
    ),
    "shares": Known(
        N_("These are shares: the matrix holds whole counts."), tuple(map(shares, (None, 1, 0)))
    ),
    "diagonal-missing": Known(
        N_("The right answers are missing: they belong on the diagonal."), (mistakes_only,)
    ),
    "only-diagonal": Known(
        N_("The mistakes are missing: count each pair (true, answer), not only the right ones."),
        (right_only,),
    ),
    "wrong-shape": Known(
        N_("The matrix is (10, 10) for all ten digits, also for those that do not occur."), (small,)
    ),
    "overflow": Known(
        N_("Larger counts do not fit: a type of 8 bits, like uint8, begins anew. Take dtype=int."),
        (in_bytes,),
    ),
    "input-changed": Known(N_("An input is changed in place: compute a new array instead.")),
}

KNOWN = {
    "scale_pixels": scale_pixels,
    "one_layer": NETS,
    "two_layers": NETS,
    "three_layers": NETS,
    "confusion": confusion,
}
TRACES = {"scale_pixels": pixels_trace, "confusion": confusion_trace}
RIGHT = {"scale_pixels": reference.scale_pixels, "confusion": reference.confusion}
SECTIONS = {
    "scale_pixels": N_("2. Scale the pixels, and see why"),
    "one_layer": N_("4. One layer"),
    "two_layers": N_("5. Two layers"),
    "three_layers": N_("8. Three layers, and your best net"),
    "confusion": N_("11. Look at the mistakes"),
}
