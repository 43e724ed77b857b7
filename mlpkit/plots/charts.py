"""Charts: the curves of a training, lines in general, bars."""

from typing import NamedTuple

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter
from matplotlib.transforms import blended_transform_factory

from ..i18n import N_, _, n_
from ..i18n.errors import told
from .picture import LARGEST, Picture, legend_below, look, new_figure, nice_limits, style
from .words import (
    axes_facts,
    check_digits,
    check_text,
    facts,
    listing,
    number,
    sentence,
    series_facts,
)

ROOM_FOR_LETTERS = 60  # below standing bars; with more the bars lie
FEW = 30  # lines of at most so many values get a marker at each, others now and then
PARTS = {N_("training"): "", N_("validation"): "val_"}  # what Epoch calls them
PANELS = {"loss": N_("loss"), "accuracy": N_("accuracy")}
TITLES = {
    ("loss",): N_("Loss"),
    ("accuracy",): N_("Accuracy"),
    ("loss", "accuracy"): N_("Loss and accuracy"),
}


class Line(NamedTuple):
    """A line of a chart: floats xs, ys (n,), its number among the looks, and how it is drawn."""

    name: str
    xs: np.ndarray
    ys: np.ndarray
    index: int
    dashes: str = "-"


def curves(history, title=None, digits=4, log_y=False):
    """Draw loss (left) and accuracy (right, where there is one) over the epochs of a training.

    `history` is what `train` returns, or a list of losses, or a dict of label -> one of these.
    Solid lines are training, dashed ones validation; what was not measured is left out. With
    log_y=True equal steps up the loss axis are equal factors.
    """
    digits = check_digits(digits)
    trainings = history if isinstance(history, dict) else {"": history}
    if not trainings:
        raise ValueError("history: expected at least one training, got an empty dict")
    trainings = {_(str(name)): one for name, one in trainings.items()}
    measured = {name: read_history(one) for name, one in trainings.items()}
    panels = {panel: history_lines(measured, panel) for panel in PANELS}
    panels = {panel: chosen for panel, chosen in panels.items() if chosen}
    title = _(check_text("title", title) or TITLES[tuple(panels)])
    has_epochs = any("epoch" in fields for fields in measured.values())
    x_label = _("epoch") if has_epochs else _("step")
    with style():
        figure = new_figure(9 if len(panels) == 2 else 6, 3.9)
        figure.suptitle(title)
        words = [sentence(title)]
        axes = figure.subplots(1, len(panels), squeeze=False)[0]
        for ax, (panel, chosen) in zip(axes, panels.items(), strict=True):
            name = _(PANELS[panel])
            ax.set(xlabel=x_label, ylabel=name)
            draw_lines(ax, chosen, log_y and panel == "loss")
            if panel == "loss" and not log_y:
                ax.set_ylim(bottom=min(0, ax.get_ylim()[0]))
            words += [
                axes_facts(ax, digits),
                *lines_facts(chosen, digits, _(PANELS[panel]), x_label),
            ]
        legend_below(figure, handles(panels["loss"]))
    words += [stop_facts(name, one) for name, one in trainings.items()]
    return Picture(figure, facts(*words))


def read_history(history):
    """Return a dict of "loss", "accuracy", "val_loss", "val_accuracy" -> (xs, ys), if measured."""
    if not np.iterable(history):
        raise TypeError(f"history: expected what train returns or a list, got {history!r:.60}")
    items = list(history)
    if not items:
        raise ValueError("history: expected at least one epoch, got none")
    if not hasattr(items[0], "loss"):
        values = to_floats("history", items)
        return {"loss": (np.arange(1.0, len(values) + 1), values)}
    found = {"epoch": None}
    for field in ("loss", "accuracy", "val_loss", "val_accuracy"):
        pairs = [(one.number, getattr(one, field)) for one in items]
        pairs = [pair for pair in pairs if pair[1] is not None]
        if pairs:
            found[field] = tuple(np.array(pairs, dtype=float).T)
    return found


def history_lines(measured, panel):
    """Return the Lines of "loss" or "accuracy": training and validation of each history."""
    lines = []
    validated = any(f"val_{panel}" in fields for fields in measured.values())
    for index, (name, fields) in enumerate(measured.items()):
        for part, prefix in PARTS.items():
            if prefix + panel in fields:
                shown = _(part) if validated or not name else ""
                label = listing(filter(None, (name, shown)))
                number_of_look = index if name else index + bool(prefix)
                dashes = "--" if prefix else "-"
                lines.append(Line(label, *fields[prefix + panel], number_of_look, dashes))
    return lines


def stop_facts(name, history):
    """Say why a training stopped early, if it did."""
    reason = told(getattr(history, "stopped", None) or "")
    if not reason:
        return ""
    if name:
        return _("{name}: stopped early at {reason}.", name=name, reason=reason)
    return _("Stopped early at {reason}.", reason=reason)


def lines(series, title=None, x_label="x", y_label="y", log_y=False, digits=4):
    """Draw lines; series is a dict of label -> (xs, ys), two lists of numbers of equal length.

    Values that are None, nan or inf leave a gap; with log_y=True so do values not above 0.
    """
    digits = check_digits(digits)
    x_label, y_label = check_text("x_label", x_label) or "x", check_text("y_label", y_label) or "y"
    if not isinstance(series, dict) or not series:
        raise ValueError(f"series: expected a dict of label -> (xs, ys), got {series!r}")
    chosen = [read_line(name, pair, i) for i, (name, pair) in enumerate(series.items())]
    title, x_label, y_label = _(check_text("title", title) or N_("Lines")), _(x_label), _(y_label)
    with style():
        figure = new_figure(6, 4)
        ax = figure.subplots()
        ax.set(title=title, xlabel=x_label, ylabel=y_label)
        draw_lines(ax, chosen, log_y)
        legend_below(figure, handles(chosen) if len(chosen) > 1 else [])
    words = lines_facts(chosen, digits, "", x_label)
    return Picture(figure, facts(sentence(title), axes_facts(ax, digits), *words))


def read_line(name, pair, index):
    """Return (xs, ys) as a Line, or raise."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise ValueError(f"series[{name!r}]: expected a pair (xs, ys), got {pair!r:.60}")
    xs, ys = (to_floats(f"series[{name!r}]", values) for values in pair)
    if not (abs(xs) < LARGEST).all():
        raise ValueError(f"series[{name!r}]: expected finite xs below {LARGEST}, got others")
    if len(xs) != len(ys):
        raise ValueError(f"series[{name!r}]: expected as many xs as ys, got {len(xs)}, {len(ys)}")
    return Line(_(str(name)), xs, ys, index)


def to_floats(argument, values):
    """Return values (n,) as floats, None as nan, or raise."""
    try:
        floats = np.array(list(values), dtype=float)
    except (TypeError, ValueError):
        raise TypeError(f"{argument}: expected numbers, got {values!r:.60}") from None
    if floats.ndim != 1 or floats.size == 0:
        raise ValueError(f"{argument}: expected a list of numbers, got shape {floats.shape}")
    return floats


def lines_facts(chosen, digits, panel, x_label):
    """Describe each line; panel ("loss") goes before its name."""
    names = [listing(filter(None, (panel, line.name))) for line in chosen]
    names = [name[:1].upper() + name[1:] for name in names]
    return [
        series_facts(name, line.xs, line.ys, digits, x_label)
        for name, line in zip(names, chosen, strict=True)
    ]


def draw_lines(ax, chosen, log_y):
    """Draw lines and set both axes around them."""
    shown = [drawable(line.ys, log_y) for line in chosen]
    for line, ys in zip(chosen, shown, strict=True):
        style_of_line = line_style(line)
        if len(chosen) == 1 and len(ys) > FEW:
            style_of_line["marker"] = ""
        ax.plot(line.xs, ys, clip_on=False, zorder=3, **style_of_line)
    everything = np.concatenate(shown)
    everything = everything[np.isfinite(everything)]
    low, high = (everything.min(), everything.max()) if everything.size else (1.0, 1.0)
    xs = np.concatenate([line.xs for line in chosen])
    ax.set_xlim(*((xs.min(), xs.max()) if np.ptp(xs) else (xs[0] - 1, xs[0] + 1)))
    if (xs == np.round(xs)).all():
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    broken = [line for line in chosen if not np.isfinite(line.ys).all()]
    room = 0.12 * len(broken)  # at the top, for what mark_break writes, as a share of the height
    if log_y:
        set_log_axis(ax, np.log10(low), np.log10(high), room)
    else:
        bottom, top = nice_limits(low, high + room * (high - low))
        is_share = ax.get_ylabel() == _("accuracy") and high <= 1
        ax.set_ylim(max(bottom, 0) if low >= 0 else bottom, min(top, 1) if is_share else top)
    for row, line in enumerate(broken):
        mark_break(ax, line, row)


def drawable(ys, log_y):
    """Return ys with nan for what no axis can show."""
    shown = np.isfinite(ys) & (np.abs(ys) < LARGEST)
    return np.where(shown & (ys > 1 / LARGEST) if log_y else shown, ys, np.nan)


def set_log_axis(ax, low, high, room):
    """Make the vertical axis logarithmic, between powers of ten around 10**low ... 10**high."""
    bottom, top = np.floor(low), np.ceil(high + room * (high - low))
    ax.set_yscale("log")
    ax.set_ylim(10.0**bottom, 10.0 ** max(top, bottom + 1))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, place: f"{value:g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())


def mark_break(ax, line, row):
    """Write "nan" or "inf" at the top of the chart, above where a line stops being a number."""
    first = np.flatnonzero(~np.isfinite(line.ys))[0]
    text = f"{line.name}: {number(line.ys[first], 3)}".removeprefix(": ")
    late = line.xs[first] > np.mean(ax.get_xlim())
    text, side = (f"{text} ✗ ", "right") if late else (f" ✗ {text}", "left")
    place = blended_transform_factory(ax.transData, ax.transAxes)
    how = {"color": look(line.index)[1], "ha": side, "va": "top", "transform": place}
    ax.text(line.xs[first], 0.97 - 0.08 * row, text, **how)


def line_style(line):
    """Return how Matplotlib should draw a line; validation has empty markers besides its dashes."""
    _name, color, marker = look(line.index)
    every = 1 if len(line.xs) <= FEW else max(1, len(line.xs) // 10)
    return {
        "color": color,
        "ls": line.dashes,
        "lw": 1.8,
        "marker": marker,
        "ms": 5,
        "mfc": "white" if line.dashes == "--" else color,
        "markevery": every,
        "label": line.name,
    }


def handles(chosen):
    """Return what the legend needs to show lines."""
    return [Line2D([], [], **line_style(line) | {"markevery": None}) for line in chosen]


def bars(values, title=None, y_label=None, digits=4):
    """Draw a bar per entry of values, a dict of label -> number, with the number at its end."""
    digits = check_digits(digits)
    if not isinstance(values, dict) or not values:
        raise ValueError(f"values: expected a dict of label -> number, got {values!r}")
    heights = to_floats("values", values.values())
    names = [_(str(name)) for name in values]
    title, y_label = (
        _(check_text("title", title) or N_("Bars")),
        _(check_text("y_label", y_label) or N_("value")),
    )
    written = [number(value, digits or 3) for value in values.values()]
    lying = len(names) * (max(map(len, names + written)) + 1.5) > ROOM_FOR_LETTERS
    with style():
        figure = new_figure(6, 1.4 + 0.4 * len(names) if lying else 3.8)
        ax = figure.subplots()
        ax.set_title(title)
        draw_bars(ax, names, heights, written, y_label, lying)
        reach = ax.get_xlim() if lying else ax.get_ylim()
    pairs = zip(names, written, strict=True)
    words = [_("{name}: {value}.", name=a, value=b) if digits else sentence(a) for a, b in pairs]
    axis = bar_facts(len(names), y_label, reach, digits)
    return Picture(figure, facts(sentence(title), axis, *words))


def bar_facts(n, y_label, reach, digits):
    """Say how many bars there are, what they measure, and from where to where the axis goes."""
    text = n_("{n} bar; axis: {label}", "{n} bars; axis: {label}", n, label=y_label)
    if not digits:
        return sentence(text)
    low, high = (number(end, digits) for end in reach)
    return _("{text}, from {low} to {high}.", text=text, low=low, high=high)


def draw_bars(ax, names, heights, written, y_label, lying):
    """Draw bars, standing or lying, each with its number."""
    shown = drawable(heights, False)
    known = shown[np.isfinite(shown)]
    low, high = min(known, default=0), max(known, default=1)
    room = 0.15 * max(abs(low), abs(high))
    limits = nice_limits(low - room if low < 0 else 0, high + room if high > 0 else 0)
    limits = (0 if low >= 0 else limits[0], 0 if high <= 0 < -low else limits[1])
    draw = ax.barh if lying else ax.bar
    drawn = draw(names, np.nan_to_num(shown), 0.65, color=look(0)[1])
    ax.bar_label(drawn, written, padding=3)
    if lying:
        ax.set(xlim=limits, xlabel=y_label)
        ax.invert_yaxis()
    else:
        ax.set(ylim=limits, ylabel=y_label)
    ax.grid(False, axis="y" if lying else "x")
    (ax.axvline if lying else ax.axhline)(0, color="black", lw=0.8)
