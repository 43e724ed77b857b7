"""Nets, losses and batches that the tests of the framework share."""

import itertools
from typing import NamedTuple

import numpy as np
from references import make_references as references

import mlpkit
from mlpkit import CrossEntropyLoss, Linear, Net, Tanh

# All there are; test_layers.py and test_losses.py require that none is missing.
LAYERS = [Linear, *(getattr(mlpkit, name) for name in references.ACTIVATIONS)]
LOSSES = [getattr(mlpkit, name) for name in references.LOSSES]


class Case(NamedTuple):
    """A net with its loss and a batch x (batch, n_in), y as the loss wants it."""

    net: Net
    loss: object
    x: np.ndarray
    y: np.ndarray

    def value(self):
        """Return the loss on the batch."""
        return self.loss.forward(self.net.forward(self.x), self.y)

    def backward(self):
        """Go forward and backward; return the gradient with respect to x."""
        self.value()
        return self.net.backward(self.loss.backward())

    def gradients(self):
        """Return {name: gradient} on the batch, as copies."""
        self.backward()
        return {name: gradient.copy() for name, _, gradient in self.net.parameters()}


def random_case(seed):
    """Return one of the nets that PyTorch is asked about too, with 1 to 3 Linear layers."""
    problem = references.draw(seed)
    net, loss = references.mlpkit_net(problem), getattr(mlpkit, problem["loss"])()
    return Case(net, loss, np.array(problem["x"]), np.array(problem["y"]))


def classification(seed=0, sizes=(4, 8, 3), samples=23, bend=Tanh):
    """Return the Case of a net with `bend` between its Linear layers, cross-entropy and labels."""
    rng = np.random.default_rng(seed)
    layers = []
    for n_in, n_out in itertools.pairwise(sizes):
        layers += [Linear(n_in, n_out, rng), bend()]
    x = rng.normal(size=(samples, sizes[0]))
    return Case(Net(*layers[:-1]), CrossEntropyLoss(), x, rng.integers(0, sizes[-1], samples))


def values(net):
    """Return {name: value}, copies of the parameters."""
    return {name: value.copy() for name, value, _ in net.parameters()}


def assert_same(got, wanted):
    """Require two dicts of arrays to be equal bit for bit, types included."""
    assert list(got) == list(wanted)
    for name in wanted:
        assert got[name].dtype == wanted[name].dtype, name
        np.testing.assert_array_equal(got[name], wanted[name], err_msg=name)


def assert_close(got, wanted, rtol=1e-10, atol=1e-12):
    """Require two dicts of arrays or numbers to agree."""
    assert list(got) == list(wanted)
    for name in wanted:
        np.testing.assert_allclose(got[name], wanted[name], rtol, atol, err_msg=name)
