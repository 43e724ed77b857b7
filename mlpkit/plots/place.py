"""Where the items of a layered drawing stand: in columns, with few crossings and no overlap.

Items are numbered. sizes[i] is (width, up, down): how far item i reaches above and below the line
that goes through it. A link joins two items of neighboring columns, left one first.
"""

from itertools import pairwise
from typing import NamedTuple

SWEEPS = 12
APART = 8  # pixels between the items of a column
GAP = 14  # pixels between columns, for the curves of the links
STEEP = 0.12, 26  # a steep link makes its gap wider: by this share of its height, at most that much


class Places(NamedTuple):
    """Of each item: its column's left and right end, and its height y, downward from 0."""

    left: list
    right: list
    y: list
    width: float
    height: float


def place(sizes, columns, links):
    """Return the Places of items in `columns` (lists of items)."""
    before, after = neighbors(len(sizes), links)
    columns = order(columns, links, before, after)
    y = heights(sizes, columns, before, after)
    left, right, x = [0.0] * len(sizes), [0.0] * len(sizes), 0.0
    for column in columns:
        steepest = max((abs(y[i] - y[j]) for i in column for j in before[i]), default=None)
        if steepest is not None:
            x += GAP + min(STEEP[0] * steepest, STEEP[1])
        end = x + max(sizes[i][0] for i in column)
        for i in column:
            left[i], right[i] = x, end
        x = end
    return Places(left, right, y, x, max(y[i] + size[2] for i, size in enumerate(sizes)))


def neighbors(count, links):
    """The items to the left and to the right of each item."""
    before, after = [[] for _ in range(count)], [[] for _ in range(count)]
    for i, j in links:
        before[j].append(i)
        after[i].append(j)
    return before, after


def order(columns, links, before, after):
    """Sort each column by the mean place of the neighbors, to and fro; keep what crosses least."""
    columns = [list(column) for column in columns]
    best, least = columns, crossings(columns, links)
    for sweep in range(SWEEPS):
        side = before if sweep % 2 == 0 else after
        place = {i: k for column in columns for k, i in enumerate(column)}
        columns = [list(column) for column in columns]
        for column in columns if sweep % 2 == 0 else reversed(columns):
            column.sort(key=lambda i, at=place, side=side: mean([at[j] for j in side[i]], at[i]))
            place |= {i: k for k, i in enumerate(column)}
        if crossings(columns, links) < least:
            best, least = columns, crossings(columns, links)
    return best


def crossings(columns, links):
    """How many pairs of links cross."""
    at = {i: (c, k) for c, column in enumerate(columns) for k, i in enumerate(column)}
    ends = [(*at[i], at[j][1]) for i, j in links]
    return sum(
        a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0
        for n, a in enumerate(ends)
        for b in ends[:n]
    )


def heights(sizes, columns, before, after):
    """Pull each item to the height of its neighbors, as near as its column allows."""
    y = [0.0] * len(sizes)
    for sweep in range(2 * SWEEPS):
        side = before if sweep % 2 == 0 else after
        for column in columns if sweep % 2 == 0 else reversed(columns):
            wanted = [mean([y[j] for j in side[i]], y[i]) for i in column]
            gaps = [sizes[i][2] + APART + sizes[j][1] for i, j in pairwise(column)]
            for i, value in zip(column, spread(wanted, gaps), strict=True):
                y[i] = value
    top = min(y[i] - size[1] for i, size in enumerate(sizes))
    return [value - top for value in y]


def spread(wanted, gaps):
    """The heights nearest to `wanted` (least squares), at least `gaps` apart, in the same order."""
    offsets = [0.0]
    for gap in gaps:
        offsets.append(offsets[-1] + gap)
    groups = []  # sum and count of items that stand as close as they may
    for value, offset in zip(wanted, offsets, strict=True):
        groups.append((value - offset, 1))
        while len(groups) > 1 and groups[-2][0] / groups[-2][1] > groups[-1][0] / groups[-1][1]:
            (a, m), (b, n) = groups[-2:]
            groups[-2:] = [(a + b, m + n)]
    starts = [total / count for total, count in groups for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def mean(values, otherwise):
    return sum(values) / len(values) if values else otherwise
