"""Small sets of points in the plane, and one curve, each made to show what a net can or cannot do.

Every function returns x (n, 2) float64, nearly all of it within ±2.5, and labels y (n,) int64
counting from 0, in random order, the classes of equal size or nearly so. `curve` alone has
x (n, 1) and float64 targets y (n, 1).
`noise` is the standard deviation of the normal noise, in the unit of x (`linear`: see there).
`rng` is a seed or a np.random.Generator; the same seed gives the same samples.
Bad arguments raise ValueError or TypeError, naming the argument, before anything is made.
"""

import numpy as np

from .arguments import LARGEST, check_between, check_count, generator


def xor(n=200, noise=0.35, rng=0):
    """Return four clouds around (±1, ±1), labeled 1 where the two signs of the center differ."""
    rng = checked(n, 4, noise, rng)
    corner = rng.permutation(np.arange(n) % 4)  # around the square, so that labels alternate
    right, up = corner // 2, (corner + corner // 2) % 2
    x = np.stack([2.0 * right - 1, 2.0 * up - 1], axis=1)
    return jittered(x, noise, rng), (right != up).astype(np.int64)


def moons(n=200, noise=0.16, rng=0):
    """Return two half moons of radius 4/3, hooked into each other (scikit-learn's make_moons)."""
    from sklearn.datasets import make_moons

    rng = checked(n, 2, noise, rng)
    x, y = make_moons(n, random_state=seed(rng))
    # scikit-learn's moons have radius 1 and lie around (0.5, 0.25), 3 wide.
    return jittered((x - [0.5, 0.25]) * 4 / 3, noise, rng), y.astype(np.int64)


def rings(n=200, noise=0.15, rng=0):
    """Return a ring of radius 2 (label 0) around one of radius 1 (scikit-learn's make_circles)."""
    from sklearn.datasets import make_circles

    rng = checked(n, 2, noise, rng)
    x, y = make_circles(n, factor=0.5, random_state=seed(rng))
    return jittered(2 * x, noise, rng), y.astype(np.int64)


def spirals(n=300, classes=3, noise=0.08, rng=0):
    """Return `classes` arms, each two thirds of a turn from radius 0.2 out to 2, one per class."""
    check_count("classes", classes, 2)
    rng = checked(n, classes, noise, rng)
    y = rng.permutation(np.arange(n) % classes)
    along = rng.uniform(size=n)  # 0 at the inner end of the arm, 1 at the outer
    angle = 2 * np.pi * (y / classes + along * 2 / 3)
    radius = 0.2 + 1.8 * along
    x = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return jittered(x, noise, rng), y


def blobs(n=150, noise=0.35, rng=0):
    """Return three round clouds at the corners of a triangle (scikit-learn's make_blobs)."""
    from sklearn.datasets import make_blobs

    rng = checked(n, 3, noise, rng)
    corners = [(0.0, 1.2), (-1.2, -0.8), (1.2, -0.8)]
    x, y = make_blobs(n, centers=np.array(corners), cluster_std=noise, random_state=seed(rng))
    return x, y.astype(np.int64)


def linear(n=100, noise=0.1, rng=0):
    """Return two clouds that a line separates up to noise (scikit-learn's make_classification).

    `noise`, from 0 to 1, is the share of samples whose label is drawn by lot: about half of these
    are wrong, and no line gets them right.
    """
    from sklearn.datasets import make_classification

    check_between("noise", noise, 0, 1)
    rng = checked(n, 2, noise, rng)
    # class_sep=2 keeps the clouds apart: without wrong labels a line gets all of them.
    flat = {"n_features": 2, "n_informative": 2, "n_redundant": 0, "n_clusters_per_class": 1}
    x, y = make_classification(n, **flat, class_sep=2.0, flip_y=noise, random_state=seed(rng))
    # The clouds' place, size and slant depend on the seed; mean 0 and spread 1 bring them to scale.
    return (x - x.mean(axis=0)) / x.std(axis=0), y.astype(np.int64)


def curve(n=100, noise=0.15, rng=0):
    """Return x (n, 1) spread over [-2, 2] and y (n, 1) = sin(2x) + x / 2 with noise added to y."""
    rng = checked(n, 1, noise, rng)
    x = rng.uniform(-2, 2, size=(n, 1))
    return x, jittered(np.sin(2 * x) + x / 2, noise, rng)


def checked(n, least, noise, rng):
    """Return the Generator of rng, once n (at least one sample per class) and noise are right."""
    check_count("n", n, least)
    check_between("noise", noise, 0, LARGEST)
    return generator(rng)


def jittered(x, noise, rng):
    """Return x with normal noise added to each number."""
    return x + noise * rng.standard_normal(x.shape)


def seed(rng):
    """Return a seed drawn from the Generator rng, for scikit-learn, which takes no Generator."""
    return int(rng.integers(2**32))
