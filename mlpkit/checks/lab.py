"""The judges of the lab: pixels, three nets, and the confusion matrix."""

import functools

import numpy as np

from .. import data
from ..losses import CrossEntropyLoss, accuracy
from ..optim import Adam
from ..train import train
from . import reference
from .blank import require_function
from .verdict import Wrong, compare, run


def scale_pixels(answer):
    """One image a row, float32 between 0 and 1."""
    require_function(answer, "scale_pixels")
    images = np.zeros((2, 28, 28), np.uint8)
    images[0, 0, 1], images[0, 27, 27], images[1, 1, 0] = 255, 51, 102
    for given in (images[:1], images):
        x = run("scale_pixels", answer, given)
        if np.shape(x) != (len(given), 784):
            raise Wrong(
                f"images {given.shape} should become ({len(given)}, 784), not {np.shape(x)}."
            )
        if getattr(x, "dtype", None) != np.float32:
            raise Wrong(f"x should be float32, and is {getattr(x, 'dtype', type(x).__name__)}.")
        for i in range(len(given)):
            compare(f"row {i}, pixels 0, 1, 28 and 783", x[i, [0, 1, 28, 783]],
                    reference.scale_pixels(given)[i, [0, 1, 28, 783]])  # fmt: skip
        compare("x", x, reference.scale_pixels(given))


@functools.cache
def small_mnist():
    """2,000 training and 1,000 test images, enough to see whether a net learns."""
    (x, y), (x_test, y_test) = data.mnist()
    return x[:2000], y[:2000], x_test[:1000], y_test[:1000]


def perceptron(answer, name, layers):
    """A net of so many layers that learn, with bends between, that does learn to read digits."""
    require_function(answer, name)
    net = run(f"{name}(rng)", answer, np.random.default_rng(1))
    found = [layer for layer in getattr(net, "layers", ()) if hasattr(layer, "W")]
    if len(found) != layers:
        raise Wrong(f"{name} should return a Net with {layers} Linear, and has {len(found)}.")
    ends = np.shape(found[0].W)[0], np.shape(found[-1].W)[1]
    if ends != (784, 10):
        raise Wrong(f"It should lead from 784 pixels to 10 scores, and leads from {ends}.")
    again = run(f"{name}(rng)", answer, np.random.default_rng(2))
    if np.array_equal(found[0].W, again.layers[0].W):
        raise Wrong("Another rng gives the same weights. Hand rng on to each Linear.")
    x, y, x_test, y_test = small_mnist()
    if layers > 1:
        judge_bend(run, net, x[:2].astype(float))
    run("training", lambda: train(net, CrossEntropyLoss(), Adam(net, 0.003), x, y, 32, 4, rng=0))
    for what, a, b, least in (("training", x, y, 0.85), ("test", x_test, y_test, 0.75)):
        share = accuracy(run("forward", net.forward, a), b)
        if share < least:
            raise Wrong(
                f"After 4 epochs on 2,000 images the net is right on {share:.0%} of the {what} "
                f"images; {least:.0%} is well within reach."
            )


def judge_bend(run, net, x):
    """Without a bend the net is one linear map, and the map of a mean is the mean of the maps."""
    a, b = (run("forward", net.forward, x[i : i + 1]) for i in (0, 1))
    middle = run("forward", net.forward, (x[:1] + x[1:]) / 2)
    if np.allclose(middle, (a + b) / 2, rtol=1e-6, atol=1e-9):
        raise Wrong("There is no activation between the layers, so together they are one layer.")


def one_layer(answer):
    """A one-layer perceptron."""
    perceptron(answer, "one_layer", 1)


def two_layers(answer):
    """A two-layer perceptron."""
    perceptron(answer, "two_layers", 2)


def three_layers(answer):
    """A three-layer perceptron."""
    perceptron(answer, "three_layers", 3)


def confusion(answer):
    """Rows are the true digits, columns the predicted ones."""
    require_function(answer, "confusion")
    rng = np.random.default_rng(1)
    for y, y_hat in (([3], [5]), ([1, 1, 2], [1, 1, 2]), rng.integers(0, 10, (2, 300))):
        y, y_hat = np.array(y), np.array(y_hat)
        matrix, expected = run("confusion", answer, y, y_hat), reference.confusion(y, y_hat)
        if np.shape(matrix) != (10, 10):
            raise Wrong(f"The matrix should have shape (10, 10), and has {np.shape(matrix)}.")
        for i, j in np.argwhere(np.asarray(matrix) != expected)[:1]:
            raise Wrong(
                f"For y {y[:5].tolist()}, y_hat {y_hat[:5].tolist()}{' …' * (len(y) > 5)}: entry "
                f"[{i}, {j}] is {matrix[i][j]}, expected {expected[i, j]}. Rows are the true digits."
            )


EXERCISES = {
    name: (name, globals()[name], getattr(reference, name))
    for name in ("scale_pixels", "one_layer", "two_layers", "three_layers", "confusion")
}
