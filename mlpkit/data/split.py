"""Putting samples aside: what a net has not seen in training tells how well it really does."""

import numpy as np

from .arguments import check_between, generator


def split(x, y, share=0.2, rng=0):
    """Return (x, y), (x_held_out, y_held_out): the samples shuffled once, then cut in two.

    x (N, ...) and y (N, ...), one sample per row; `share`, between 0 and 1, of the samples
    (rounded to a whole number) is held out. All four are copies; dtypes stay.
    `rng` is a seed or a np.random.Generator.
    Raises ValueError or TypeError if the lengths differ, the share is no share, or a part is empty.
    """
    x, y = np.asarray(x), np.asarray(y)
    check_between("share", share, 0, 1, ends_too=False)
    if x.ndim == 0 or y.shape[:1] != x.shape[:1]:
        raise ValueError(f"y: expected as many rows as x {x.shape} has, got shape {y.shape}")
    held = round(share * len(x))
    if not 0 < held < len(x):
        raise ValueError(
            f"share: expected at least one sample in each part, got {share} of {len(x)} samples"
        )
    order = generator(rng).permutation(len(x))
    return (x[order[held:]], y[order[held:]]), (x[order[:held]], y[order[:held]])
