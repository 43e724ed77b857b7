"""Pictures of data sets: points, the regions and curves that a net lays among them."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.lines import Line2D

from ..i18n import N_, _, n_
from ..losses import check, numbers
from .picture import (
    COLORS,
    GRAY,
    LARGEST,
    Picture,
    legend_below,
    look,
    new_figure,
    nice_limits,
    style,
)
from .words import axes_facts, check_digits, check_text, facts, listing, number, sentence, span

GRID = 200  # points per side at which a net is asked for its class: 2 pixels each
PER_ROW = 3
TALLEST = 3.9  # inches
WRONG = {"marker": "o", "ls": "", "ms": 7, "mec": "black", "mew": 1.4}


def data_set(x, y, title=None, digits=4):
    """Draw a data set: points by class, or points of a curve.

    Whole-number labels y (n,) need x (n, 2); float targets y (n,) or (n, 1) need x (n,) or (n, 1).
    """
    digits = check_digits(digits)
    if np.asarray(y).dtype.kind == "f":
        return fit(
            {}, x, y, title=check_text("title", title) or N_("Regression data"), digits=digits
        )
    x, y = check_points(x, y)
    title = _(check_text("title", title) or N_("Data set"))
    with style():
        figure, [ax] = panels(1, x)
        ax.set_title(title)
        handles = draw_points(ax, x, y, np.unique(y))
        legend_below(figure, handles)
    lines = class_facts(x, y, np.unique(y), digits)
    return Picture(figure, facts(sentence(title), axes_facts(ax, digits), *lines))


def boundary(net, x, y, title=None, digits=4):
    """Color the plane by the class that the net gives to each point, and draw the data on it.

    x (n, 2), labels y (n,). `net` is anything with `predict`, or else `forward`; the net is run
    forward, nothing else. Points in the region of another class have a black border.
    """
    title = check_text("title", title) or N_("Decision regions")
    return draw_boundaries({title: net}, x, y, None, digits)


def boundaries(nets, x, y, title=None, digits=4):
    """Draw decision regions as `boundary` does, side by side; nets is a dict of title -> net."""
    if not isinstance(nets, dict) or not nets:
        raise ValueError(f"nets: expected a dict of title -> net, got {nets!r}")
    title = check_text("title", title) or N_("Decision regions")
    return draw_boundaries(nets, x, y, _(title), digits)


def draw_boundaries(nets, x, y, title, digits):
    """Draw one panel per net, under a common title if there is one."""
    digits, (x, y) = check_digits(digits), check_points(x, y)
    x_grid, y_grid = (np.linspace(*limits, GRID) for limits in frame(x))
    grid = np.stack(np.meshgrid(x_grid, y_grid), axis=-1).reshape(-1, 2)
    names = [_(str(name)) for name in nets]
    regions = [labels_of(net, grid) for net in nets.values()]
    own = [labels_of(net, x) == y for net in nets.values()]
    classes = np.unique(np.concatenate([y, *regions]))
    with style():
        figure, axes = panels(len(nets), x)
        for ax, name, region, right in zip(axes, names, regions, own, strict=True):
            ax.set_title(name)
            draw_regions(ax, x_grid, y_grid, region.reshape(GRID, GRID), classes)
            handles = draw_points(ax, x, y, classes, right)
        if title:
            figure.suptitle(title)
        if not all(map(np.all, own)):
            handles.append(Line2D([], [], **WRONG, color="white", label=_("in the wrong region")))
        legend_below(figure, handles)
    lines = [sentence(title or names[0]), axes_facts(axes[0], digits)]
    lines += class_facts(x, y, classes, digits)
    for name, region, right in zip(names, regions, own, strict=True):
        lines.append(region_facts(name if title else "", region, right, classes, digits))
    return Picture(figure, facts(*lines))


def fit(net, x, y, title=None, digits=4):
    """Draw the points of a regression problem and the curve of a net, or of a dict of label -> net.

    x (n,) or (n, 1), targets y (n,) or (n, 1); a net is anything with `forward`, or a function.
    """
    digits, (x, y) = check_digits(digits), check_curve(x, y)
    nets = net if isinstance(net, dict) else {"net": net}
    nets = {_(str(name)): net for name, net in nets.items()}
    at = np.linspace(x.min(), x.max(), GRID)
    curves = {name: values_of(net, at) for name, net in nets.items()}
    errors = {name: np.mean((values_of(net, x) - y) ** 2) for name, net in nets.items()}
    title = _(check_text("title", title) or N_("Data and fit"))
    points = Line2D([], [], color=GRAY, marker="o", ls="", ms=5, mec="white", label=_("data"))
    with style():
        figure = new_figure(6, 4.2)
        ax = figure.subplots()
        everything = np.concatenate([y, *curves.values()])
        everything = everything[np.isfinite(everything)]
        ax.set(title=title, xlabel="x", ylabel="y", xlim=nice_limits(x.min(), x.max()))
        ax.set_ylim(nice_limits(everything.min(), everything.max()))
        ax.plot(x, y, "o", color=GRAY, ms=5, mec="white")
        handles = [points]
        for index, (name, values) in enumerate(curves.items()):
            handles += ax.plot(at, values, lw=2, label=name, **line_look(index))
        legend_below(figure, handles)
    data = point_facts(x, y, digits)
    lines = [curve_facts(name, curves[name], errors[name], digits) for name in nets]
    return Picture(figure, facts(sentence(title), axes_facts(ax, digits), data, *lines))


def point_facts(x, y, digits):
    """Say how many points there are, and from where to where they go."""
    text = n_("Data: {n} point", "Data: {n} points", len(x))
    spans = [span("x", x.min(), x.max(), digits)]
    spans += [span("y", y.min(), y.max(), digits)] if digits else []
    return sentence(listing([text, *spans]))


def line_look(index):
    """Return color and dashes of curve number `index`."""
    dashes = ("-", "--", "-.", ":")
    return {"color": list(COLORS.values())[index % len(COLORS)], "ls": dashes[index % 4]}


def curve_facts(name, values, error, digits):
    """Say where a curve starts and ends, how far it reaches, and how well it meets the points."""
    if not digits:
        return _("Curve of {name}.", name=name)
    return _(
        "Curve of {name}: first {first}, last {last}, min {min}, max {max}; "
        "mean squared error on the points {error}.",
        name=name,
        first=number(values[0], digits),
        last=number(values[-1], digits),
        min=number(values.min(), digits),
        max=number(values.max(), digits),
        error=number(error, digits),
    )


def class_facts(x, y, classes, digits):
    """Say of each class how it is drawn, how many points it has, and where their center is."""
    points = n_("{n} point", "{n} points", len(x))
    known = len(np.unique(y))
    lines = [n_("{points} in {n} class.", "{points} in {n} classes.", known, points=points)]
    for index, label in enumerate(classes):
        mine = x[y == label]
        points = n_("{n} point", "{n} points", len(mine))
        if digits and len(mine):
            center = ", ".join(number(value, digits) for value in mine.mean(axis=0))
            points = _("{points}, center ({center})", points=points, center=center)
        seen = look(index)[0]
        lines.append(_("Class {label} ({look}): {points}.", label=label, look=seen, points=points))
    return lines


def region_facts(name, region, right, classes, digits):
    """Say how many points lie in their own region, and how large each region is."""
    if not digits:
        return ""
    own = n_(
        "{right} of {n} point in the region of their own class",
        "{right} of {n} points in the region of their own class",
        len(right),
        right=right.sum(),
    )
    own = _("{name}: {text}", name=name, text=own) if name else own
    percents = [(label, number(100 * np.mean(region == label), 3)) for label in classes]
    shares = [_("class {label} has {share} %", label=a, share=b) for a, b in percents]
    return _("{own}; of the picture, {shares}.", own=own, shares=listing(shares))


def labels_of(net, x):
    """Ask a net, the learner's own or ours, for the class of each row of x."""
    ask = getattr(net, "predict", None) or getattr(net, "forward", None)
    if ask is None or isinstance(net, type):
        raise TypeError(f"net: expected an object with predict or forward, got {net!r}")
    with np.errstate(all="ignore"):  # a net that has diverged
        out = np.asarray(ask(x))
    if out.shape[:1] != x.shape[:1] or out.ndim > 2:
        shape = f"({len(x)},) or ({len(x)}, classes)"
        raise ValueError(f"net: expected output of shape {shape}, got {out.shape}")
    if out.ndim == 2 and out.shape[1] > 1:
        return out.argmax(axis=1)
    out = out.reshape(len(x))
    return out.astype(int) if out.dtype.kind in "iub" else (out > 0).astype(int)


def values_of(net, x):
    """Ask a net, or a function, for its value at each number of x (n,)."""
    ask = getattr(net, "forward", None) or getattr(net, "predict", None) or net
    if not callable(ask) or isinstance(net, type):
        raise TypeError(f"net: expected an object with forward, or a function, got {net!r}")
    with np.errstate(all="ignore"):  # a net that has diverged
        out = np.asarray(ask(x.reshape(-1, 1)), dtype=float)
    if out.size != len(x):
        raise ValueError(f"net: expected output of shape ({len(x)}, 1), got {out.shape}")
    return out.ravel()


def check_finite(x, y):
    """Return x (points, features) and y (points, ...) as arrays of finite numbers, or raise."""
    x, y = (numbers(name, a, kinds="fiub", finite=True) for name, a in (("x", x), ("y", y)))
    for name, a in (("x", x), ("y", y)):
        check(
            (abs(a.astype(float)) < LARGEST).all(), name, f"numbers below {LARGEST}", "larger ones"
        )
    check(x.ndim == 2, "x", "shape (points, features)", x.shape)
    check(len(y) == len(x), "y", f"an entry for each of {len(x)} points", y.shape)
    return x, y


def check_points(x, y):
    """Return x (n, 2), y (n,) as arrays, or raise."""
    x, y = check_finite(x, y)
    if x.shape[1] != 2:
        raise ValueError(f"x: expected shape (points, 2), got {x.shape}")
    if y.ndim != 1 or y.dtype.kind not in "iub":
        raise ValueError(f"y: expected whole-number labels ({len(x)},), got {y.dtype} {y.shape}")
    return x, y.astype(int)


def check_curve(x, y):
    """Return x (n,), y (n,) as arrays, or raise."""
    x, y = np.asarray(x), np.asarray(y)
    x, y = check_finite(x[:, None] if x.ndim == 1 else x, y)
    if x.shape[1] != 1:
        raise ValueError(f"x: expected shape (points, 1), got {x.shape}")
    if y.size != len(x):
        raise ValueError(f"y: expected shape ({len(x)}, 1), got {y.shape}")
    return x.ravel(), y.ravel().astype(float)


def frame(x):
    """Return the limits of both axes for points x (n, 2)."""
    return [nice_limits(low, high) for low, high in zip(x.min(axis=0), x.max(axis=0), strict=True)]


def panels(number_of, x):
    """Return a figure with as many axes for points x, in rows of three, and the axes in a list.

    Both directions have the same scale, so that rings are round, unless one is far longer.
    """
    (left, right), (bottom, top) = frame(x)
    ratio = (top - bottom) / (right - left)
    equal = 0.4 < ratio < 2
    columns = min(number_of, PER_ROW)
    rows = -(-number_of // columns)
    width = 5.4 if columns == 1 else 9 / columns
    height = min((width - 0.8) * (ratio if equal else 0.8), TALLEST) + 0.95  # with its labels
    figure = new_figure(width * columns, height * rows + (0.3 if columns == 1 else 0.7))
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in axes[number_of:]:
        ax.remove()
    for ax in axes[:number_of]:
        ax.set(xlim=(left, right), ylim=(bottom, top), xlabel="x₁", ylabel="x₂")
        ax.set_aspect("equal" if equal else "auto")
        ax.locator_params(nbins=5)  # so few that their labels keep apart
    return figure, axes[:number_of]


def draw_points(ax, x, y, classes, right=None):
    """Draw points by class, those that are not right with a border; return what a legend needs."""
    handles = []
    right = np.ones(len(y), dtype=bool) if right is None else right
    for index, label in enumerate(classes):
        _name, color, marker = look(index)
        plain = {"marker": marker, "ls": "", "ms": 6, "mec": "white", "mew": 0.7}
        ax.plot(*x[(y == label) & right].T, color=color, zorder=3, **plain)
        ax.plot(*x[(y == label) & ~right].T, color=color, zorder=4, **WRONG | {"marker": marker})
        handles.append(Line2D([], [], color=color, **plain, label=_("class {i}", i=label)))
    return handles


def draw_regions(ax, x_grid, y_grid, region, classes):
    """Tint the plane by region (GRID, GRID), with a black line between regions."""
    tints = np.array([0.3 * np.array(to_rgb(look(i)[1])) + 0.7 for i in range(len(classes))])
    half = (x_grid[1] - x_grid[0]) / 2, (y_grid[1] - y_grid[0]) / 2
    extent = (x_grid[0] - half[0], x_grid[-1] + half[0], y_grid[0] - half[1], y_grid[-1] + half[1])
    limits = ax.get_xlim(), ax.get_ylim()
    aspect = ax.get_aspect()
    ax.imshow(tints[np.searchsorted(classes, region)], extent=extent, origin="lower", aspect=aspect)
    for label in np.unique(region)[1:]:  # the first one's border is the others'
        ax.contour(x_grid, y_grid, region == label, levels=[0.5], colors="black", linewidths=1.2)
    ax.set(xlim=limits[0], ylim=limits[1])
    ax.grid(False)
