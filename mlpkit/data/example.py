"""A net small enough for paper: 2 inputs, 2 hidden units, 2 outputs, and one sample for it."""

from typing import NamedTuple

import numpy as np


class Net222(NamedTuple):
    """Weights W (inputs, outputs) and biases b (outputs,) of two layers, sigmoid after both."""

    W1: np.ndarray
    b1: np.ndarray
    W2: np.ndarray
    b2: np.ndarray


def net222():
    """Return (net, x (2,), y (2,)): the Net222 of the lesson Backpropagation and its sample."""
    net = Net222(
        W1=np.array([[0.4, -0.2], [0.3, 0.7]]),
        b1=np.array([0.1, -0.3]),
        W2=np.array([[0.5, -0.6], [0.8, 0.2]]),
        b2=np.array([0.2, -0.1]),
    )
    return net, np.array([0.6, 0.9]), np.array([0.9, 0.1])
