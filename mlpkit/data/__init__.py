"""The data of the course: MNIST, small sets of points that each make one point, and `split`.

mnist      70,000 handwritten digits, shipped with the package: no network needed
linear     two classes that a line separates, but for a few wrong labels
blobs      three clouds, three classes: lines are still enough
xor        four clouds; the label says whether the two signs differ: no line will do
moons      two half moons, hooked into each other: a line gets most of it and no more
rings      a ring inside a ring: a line is as good as a guess
spirals    arms wound around each other: the hardest of the plane
curve      one number in, one number out, for regression
net222     a net of 2 inputs, 2 hidden units and 2 outputs, to compute by hand
distort    turns, stretches, moves and wobbles pictures of digits a little, to train on more
split      puts a share of the samples aside, to be looked at only after training
"""

from .distort import distort
from .example import net222
from .mnist import mnist
from .sets import blobs, curve, linear, moons, rings, spirals, xor
from .split import split

__all__ = [
    "blobs",
    "curve",
    "distort",
    "linear",
    "mnist",
    "moons",
    "net222",
    "rings",
    "spirals",
    "split",
    "xor",
]
