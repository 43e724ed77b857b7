"""What moves in the notebooks. Widgets may use mlpkit.plots, never the other way round.

progress.py         progress, a bar that advances with each epoch, and print_epoch
losses.py           losses: what absolute and squared errors prefer, and losses of classes
scores.py           scores: softmax and cross-entropy
descent.py          descent: gradient descent on a surface
batches.py          batches: learning rate and batch size
paths.py            paths: the two paths of a gradient through a net of 2, 2 and 2 units
deltas.py           deltas: δ, Δ and D, sample by sample
graph.py            graph: values forward and gradients backward, step by step
gradient_check.py   gradient_check: which step size a nudge needs
activations.py      activations: how numbers pass through a deep net at its start
training.py         training: a net of your own classes learns before your eyes
mnist_training.py   mnist_training: the same on MNIST
draw_digit.py       draw_digit: what your net says of a digit drawn by hand
panel.py            what explorers share: labeled controls, a picture, its words (panel.js, .css)
player.py           explorers that move by themselves
live.py             pictures that change fast; lettering.py: texts that do
"""

from .activations import activations
from .batches import batches
from .deltas import deltas
from .descent import descent
from .draw_digit import draw_digit
from .gradient_check import gradient_check
from .graph import graph
from .losses import losses
from .mnist_training import mnist_training
from .paths import paths
from .progress import print_epoch, progress
from .scores import scores
from .training import training

__all__ = [
    "activations",
    "batches",
    "deltas",
    "descent",
    "draw_digit",
    "gradient_check",
    "graph",
    "losses",
    "mnist_training",
    "paths",
    "print_epoch",
    "progress",
    "scores",
    "training",
]
