"""Judges the exercises of the lab MyFW_MNIST."""

from collections.abc import Sized
from itertools import pairwise

import numpy as np

from .. import data
from ..i18n import N_, _
from . import reference as public
from .exercise import Exercise
from .honest import copies, own
from .limit import allow
from .own_framework import fresh_digits, triples
from .verdict import Example, Wrong, facing, show

reference = copies(public)
CrossEntropyLoss, accuracy = own.CrossEntropyLoss, own.accuracy
STRAIGHT = [
    N_("Between the first and the second layer that learns stands no activation."),
    N_("Between the second and the third layer that learns stands no activation."),
]


def scale_pixels(answer):
    """images (N, 28, 28), 0 to 255 -> x (N, 784) float32, 0 to 1."""
    bright, ramp = np.zeros((1, 28, 28), np.uint8), np.arange(2 * 784) % 256
    bright[0, 0, 1] = 255
    unknown = fresh_digits(3 * 784, below=256).astype(np.uint8)
    for flat in (bright, bright // 2, ramp.astype(np.uint8), unknown):
        images = flat.reshape(-1, 28, 28)
        example = Example(images=images)
        x = example.call(answer, "scale_pixels", "images")
        example.same("x", x, reference.scale_pixels(images), exact_type=np.float32)


def confusion(answer):
    """(y, y_hat), both (N,) digits -> counts (10, 10)."""
    digits = np.random.default_rng(0).integers(0, 10, (2, 50))
    unknown, many = (fresh_digits(12), fresh_digits(12)), 300 * [7]
    few = ([3], [3]), ([3], [5]), ([3, 3, 3], [5, 5, 3])
    for y, y_hat in (*few, digits, (many, many), unknown):
        example = Example(y=np.array(y), y_hat=np.array(y_hat))
        counts = example.call(answer, "confusion", "y", "y_hat")
        expected = reference.confusion(example.given["y"], example.given["y_hat"])
        example.same(_("counts (row: y, column: y_hat)"), counts, expected)


def layers(count):
    """A judge of a function rng -> Net with so many layers that learn."""

    def judge(answer):
        nets = [answer(np.random.default_rng(seed)) for seed in (0, 0, 1)]
        learning = [shape_of(net, count) for net in nets]
        drawn(nets, learning)
        bent(nets[0], learning[0])
        learns(nets[0])

    return judge


def shape_of(net, count):
    """Return the places of the layers that learn; raise unless they are `count`, 784 in, 10 out."""
    if not is_net(net):
        raise Wrong(_("Expected a Net, got {value}.", value=show(net)), "not-a-net")
    if len(set(map(id, net.layers))) < len(net.layers):
        raise Wrong(_("The same layer object comes twice in the net."), "shared-layer")
    learning = [p for p, layer in enumerate(net.layers) if np.ndim(getattr(layer, "W", 0)) == 2]
    if len(learning) != count:
        kinds = ", ".join(type(layer).__name__ for layer in net.layers)
        yours = _("{count} of the layers {kinds}", count=len(learning), kinds=kinds)
        text = [_("The number of layers that learn is wrong."), *facing(yours, count)]
        code = "too-many-layers" if len(learning) > count else "too-few-layers"
        raise Wrong("\n".join(text), code)
    sizes(net, learning)
    return learning


def is_net(net):
    """Whether this is a net, not a layer, a list of layers or the class itself."""
    methods = [getattr(net, name, None) for name in ("forward", "backward", "parameters")]
    is_object = not isinstance(net, type) and isinstance(getattr(net, "layers", None), Sized)
    return is_object and all(map(callable, methods))


def sizes(net, learning):
    """Raise unless 784 numbers go in, 10 come out, and the layers between fit together."""
    shapes = [np.shape(net.layers[place].W) for place in learning]
    ends = [784, *(shape[1] for shape in shapes[:-1])], [*(shape[0] for shape in shapes[1:]), 10]
    if [shape[0] for shape in shapes] != ends[0] or [shape[1] for shape in shapes] != ends[1]:
        lines = facing(" → ".join(map(str, shapes)), "(784, …) → … → (…, 10)")
        text = _("The shapes (inputs, outputs) of the layers do not fit together.")
        raise Wrong("\n".join([text, *lines]), "wrong-sizes")
    example = Example(x=np.zeros((2, 784)))
    scores = net.forward(example.given["x"].copy())
    example.same(_("the output of the net"), np.zeros_like(scores), np.zeros((2, 10)))
    loss = CrossEntropyLoss()
    loss.forward(np.asarray(scores), np.array([3, 5]))
    net.backward(loss.backward())
    if learning[-1] + 1 < len(net.layers):
        x = np.random.default_rng(0).normal(size=(200, 784))
        straight = x
        for layer in net.layers[: learning[-1] + 1]:
            straight = layer.forward(straight)
        bent = net.forward(x)
        if np.shape(bent) == np.shape(straight) and not np.allclose(bent, straight):
            raise Wrong(_("The last layer changes the scores of the last Linear."), "bent-end")


def weights(net):
    """All weight matrices of a net."""
    return [value for _name, value, _gradient in triples(net) if np.ndim(value) == 2]


def drawn(nets, learning):
    """Raise unless the weights are random, and rng alone decides which ones."""
    same, again, other = map(weights, nets)
    if len(same) == 1 and not np.any(same[0]):
        return  # a single layer may start from 0
    if any(np.ptp(W) == 0 for W in same):
        raise Wrong(_("All numbers of a weight matrix are equal."), "equal-start")
    if not all(map(np.array_equal, same, again)):
        text = _("Two generators with the same seed give two different nets.")
        raise Wrong(text, "rng-ignored")
    if any(map(np.array_equal, same, other)):
        text = _("Generators with different seeds give the same weights.")
        raise Wrong(text, "rng-ignored")


def bent(net, learning):
    """Raise unless there is something non-linear between the layers that learn."""
    for number, (left, right) in enumerate(pairwise(learning)):
        x = np.random.default_rng(0).normal(size=(3, np.shape(weights(net)[number])[1]))
        ends = [x, -x, np.zeros_like(x)]
        for layer in net.layers[left + 1 : right]:
            ends = [np.array(layer.forward(end)) for end in ends]
        if np.allclose(ends[0] + ends[1], 2 * ends[2]) and is_straight(net, left, right, x):
            raise Wrong(_(STRAIGHT[number]), "no-activation")


def is_straight(net, left, right, x):
    """Whether doubling the input doubles the output between two layers."""
    once, twice = x, 2 * x
    for layer in net.layers[left + 1 : right]:
        once, twice = layer.forward(once), layer.forward(twice)
    return np.allclose(np.multiply(2, once), twice)


def learns(net):
    """Train on 500 digits for a moment; raise unless the net recognizes digits afterwards."""
    (images, y), (test_images, y_test) = data.mnist(raw=True)
    known = reference.scale_pixels(images[:500]).astype(float), y[:500]
    new = reference.scale_pixels(test_images[:500]).astype(float), y_test[:500]
    allow(30)  # the net was quick enough so far; a slow computer may need a while to train it
    rng = np.random.default_rng(0)
    for length in 5 * [1.0] + 5 * [0.3]:  # long steps first, then short ones to settle
        epoch(net, *known, rng, length)
        reached = [accuracy(np.asarray(net.forward(x)), y) for x, y in (known, new)]
        if reached[0] >= 0.6 and reached[1] >= 0.5:
            return
    text = _("After 10 epochs on 500 digits the net still does not know them.")
    these, others = (f"{share:.0%}" for share in reached)
    yours = _("{these} of these digits right, {others} of 500 others", these=these, others=others)
    raise Wrong("\n".join([text, *facing(yours, _("at least 60% and 50%"))]))


def epoch(net, x, y, rng, length):
    """Train for an epoch. Steps of a given length suit any activation and number of units."""
    loss = CrossEntropyLoss()
    for x_batch, y_batch in reference.minibatches(x, y, 50, rng):
        loss.forward(net.forward(x_batch), y_batch)
        net.backward(loss.backward())
        for _name, value, gradient in net.parameters():
            value -= gradient * (length / (np.linalg.norm(gradient) + 1e-12))


EXERCISES = [
    Exercise("scale_pixels", "scale_pixels", public.scale_pixels, scale_pixels),
    Exercise("one_layer", "one_layer", public.one_layer, layers(1)),
    Exercise("two_layers", "two_layers", public.two_layers, layers(2)),
    Exercise("three_layers", "three_layers", public.three_layers, layers(3)),
    Exercise("confusion", "confusion", public.confusion, confusion),
]
