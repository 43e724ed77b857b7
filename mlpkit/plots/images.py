"""Digits as pictures, what a net takes them for, and what its first layer looks for in them."""

import numpy as np
from matplotlib import colormaps
from matplotlib.colors import to_rgb

from ..i18n import N_, _, n_
from .picture import COLORS, DARK_ORANGE, GRAY, LARGEST, Picture, new_figure, style
from .words import check_digits, check_text, facts, listing, number, sentence

MOST = 10**9  # samples in a field of a confusion matrix
LISTED = 20  # of more units than these the words name only the whole range
SCALE = colormaps["PuOr_r"].resampled(101)  # few enough colors for a small PNG, 0 exactly white


def digits_grid(images, labels=None, predictions=None, columns=None, title=None, digits=4):
    """Draw digits in rows, each with its label below it; wrong predictions are marked in words.

    images (n, 784) or (n, 28, 28), any square size; labels and predictions (n,) whole numbers.
    """
    digits, images = check_digits(digits), to_images("images", images)
    labels = check_names("labels", labels, len(images))
    predictions = check_names("predictions", predictions, len(images))
    usual = 8 if predictions is not None else 10
    columns = check_columns(usual if columns is None else columns, len(images))
    title = _(check_text("title", title) or N_("Digits"))
    captions, wrong = captions_of(labels, predictions, len(images))
    lines = 2 if any("\n" in text for text in captions) else any(captions)
    with style():
        figure, axes = picture_grid(len(images), columns, 0.17 * lines, title)
        low, high = min(0, images.min()), max(1, images.max())
        for i, ax in enumerate(axes):
            ax.imshow(images[i], cmap="gray_r", vmin=low, vmax=high, interpolation="nearest")
            color = DARK_ORANGE if wrong[i] else "black"
            ax.set_xlabel(captions[i], color=color, fontsize=9, labelpad=3)
            ax.spines[:].set(visible=True, color=color if wrong[i] else "#BBBBBB")
            ax.spines[:].set_linewidth(2.5 if wrong[i] else 0.8)
    rows = -(-len(images) // columns)
    shape = _(
        "{pictures} in {rows} of {columns}, {height} by {width} pixels each.",
        pictures=n_("{n} picture", "{n} pictures", len(images)),
        rows=n_("{n} row", "{n} rows", rows),
        columns=columns,
        height=images.shape[1],
        width=images.shape[2],
    )
    words = [sentence(title), shape]
    if digits:
        low, high, mean = (number(f(images), digits) for f in (np.min, np.max, np.mean))
        words.append(_("Pixels from {low} to {high}, mean {mean}.", low=low, high=high, mean=mean))
    words += label_facts(labels, predictions, wrong, digits)
    return Picture(figure, facts(*words))


def captions_of(labels, predictions, n):
    """Return the caption of each picture (n,), and which of them are wrong."""
    if labels is not None and predictions is not None:
        pairs = zip(labels, predictions, strict=True)
        texts = [caption(*pair) for pair in pairs]
        return texts, labels != predictions
    if predictions is not None:
        texts = [_("says {guess}", guess=guess) for guess in predictions]
    else:
        texts = [""] * n if labels is None else [str(label) for label in labels]
    return texts, np.zeros(n, dtype=bool)


def caption(label, guess):
    """The caption of a picture with a label and a prediction."""
    if label == guess:
        return f"{label}"
    return _("says {guess}:\nwrong, is {label}", guess=guess, label=label)


def label_facts(labels, predictions, wrong, digits):
    """List labels and predictions in words; predictions are measured, so digits=0 omits them."""
    words = []
    if labels is not None:
        words.append(_("Labels, row by row: {labels}.", labels=" ".join(map(str, labels))))
    if predictions is not None and digits:
        guesses = " ".join(map(str, predictions))
        words.append(_("Predictions, row by row: {guesses}.", guesses=guesses))
        if labels is not None:
            n = np.sum(wrong)
            words.append(_("{right} right, {wrong} wrong.", right=len(wrong) - n, wrong=n))
    return words


def confusion_matrix(matrix, title=None, labels=None, digits=4):
    """Draw how often each class (row) was taken for each class (column), mistakes in color.

    matrix (classes, classes) of counts; labels name the classes, 0, 1, 2 ... by default.
    """
    digits, matrix = check_digits(digits), check_matrix(matrix)
    classes = len(matrix)
    names = range(classes) if labels is None else check_names("labels", labels, classes)
    names = [_(str(name)) for name in names]
    title = _(check_text("title", title) or N_("Confusion matrix: what was taken for what"))
    with style():
        size = max(3.2, 0.52 * classes)
        figure = new_figure(size + 1, size + 0.8)
        ax = figure.subplots()
        ax.imshow(confusion_colors(matrix))
        ax.set(title=title, xlabel=_("class that the net says"), ylabel=_("true class"))
        ax.set_xticks(range(classes), names)
        ax.set_yticks(range(classes), names)
        ax.grid(False)
        ax.tick_params(length=0)
        for (row, column), value in np.ndenumerate(matrix):
            color = "black" if value else GRAY
            weight = "bold" if row == column else "normal"
            ax.text(
                column, row, value, color=color, weight=weight, size=9, ha="center", va="center"
            )
    words = confusion_facts(matrix, names, digits)
    return Picture(figure, facts(sentence(title), *words))


def confusion_colors(matrix):
    """Return a color (classes, classes, 3) for each cell: blue if right, else orange by count."""
    mistakes = matrix * (1 - np.eye(len(matrix), dtype=int))
    share = (mistakes / max(1, mistakes.max()))[:, :, None]
    colors = 1 - 0.75 * share * (1 - np.array(to_rgb(COLORS["orange"])))
    colors[np.eye(len(matrix), dtype=bool)] = 0.35 * np.array(to_rgb(COLORS["sky blue"])) + 0.65
    return colors


def confusion_facts(matrix, names, digits):
    """Say how many are right, of each class too, and which mistakes are the most frequent."""
    totals, right = matrix.sum(axis=1), np.diag(matrix)
    samples = n_("{n} sample", "{n} samples", matrix.sum())
    known = {"classes": len(matrix), "samples": samples, "right": right.sum()}
    if not digits:
        of_each = listing(f"{name}: {n}" for name, n in zip(names, totals, strict=True))
        each = _("Samples of each class: {each}.", each=of_each)
        return [_("{classes} classes, {samples}.", **known), each]
    rows = zip(names, right, totals, strict=True)
    of_each = listing(_("{name}: {a} of {b}", name=name, a=a, b=b) for name, a, b in rows)
    return [
        _("{classes} classes, {samples}, {right} right.", **known),
        _("Right of each class: {each}.", each=of_each),
        worst_facts(matrix, names),
    ]


def worst_facts(matrix, names):
    """Say which mistakes are the most frequent."""
    mistakes = [(-n, i, j) for (i, j), n in np.ndenumerate(matrix) if i != j and n]
    worst = [
        n_(
            "{true} taken for {said}, {n} time",
            "{true} taken for {said}, {n} times",
            -n,
            true=names[i],
            said=names[j],
        )
        for n, i, j in sorted(mistakes)[:5]
    ]
    if not worst:
        return _("No mistakes.")
    return _("Most frequent mistakes: {mistakes}.", mistakes=_("; ").join(worst))


def first_layer_weights(W, columns=5, title=None, labels=None, digits=4):
    """Draw each column of W (784, units) as a picture: what makes that unit's sum grow or shrink.

    Orange weights are positive, purple ones negative, white is 0. labels (units,) name the units.
    """
    digits, W = check_digits(digits), np.asarray(W)
    if W.ndim != 2 or W.dtype.kind != "f":
        raise ValueError(f"W: expected floats of shape (pixels, units), got {W.dtype} {W.shape}")
    images, units = to_images("W", W.T), W.shape[1]
    labels = check_names("labels", labels, units)
    if labels is None:
        names = [_("unit {i}", i=i) for i in range(units)]
    else:
        names = [_(str(label)) for label in labels]
    title = _(check_text("title", title) or N_("Weights of the first layer"))
    reach = float(np.abs(images).max()) or 1.0
    with style():
        figure, axes = picture_grid(units, check_columns(columns, units), 0.17, title, bar=True)
        for i, ax in enumerate(axes):
            drawn = ax.imshow(images[i], cmap=SCALE, vmin=-reach, vmax=reach)
            ax.set_xlabel(names[i], fontsize=9, labelpad=3)
            ax.spines[:].set(visible=True, color="#BBBBBB")
        figure.colorbar(drawn, ax=axes, label=_("weight"), shrink=0.8, aspect=30)
    shape = n_(
        "{n} picture of {height} by {width} weights each.",
        "{n} pictures of {height} by {width} weights each.",
        units,
        height=images.shape[1],
        width=images.shape[2],
    )
    words = [sentence(title), shape]
    return Picture(figure, facts(*words, *weight_facts(images, names, digits)))


def weight_facts(images, names, digits):
    """Say from where to where the weights go, of each unit if there are not too many."""
    if not digits:
        few = len(names) <= LISTED
        return [_("Units: {names}.", names=listing(names))] if few else []
    every = [images, *images] if len(names) <= LISTED else [images]
    return [
        _(
            "{name}: from {low} to {high}.",
            name=name,
            low=number(one.min(), digits),
            high=number(one.max(), digits),
        )
        for name, one in zip([_("All weights"), *names], every, strict=False)
    ]


def picture_grid(n, columns, caption, title, bar=False):
    """Return a figure for n small pictures, and their axes; caption is inches of text below."""
    rows = -(-n // columns)
    cell = min(1.15, 8 / columns)
    figure = new_figure(max(3.5, cell * columns + 0.9 * bar), (cell + caption) * rows + 0.5)
    figure.suptitle(title)
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for ax in axes[n:]:
        ax.remove()
    for ax in axes[:n]:
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
    return figure, axes[:n]


def to_images(argument, images):
    """Return images as (n, side, side) floats, or raise."""
    images = np.asarray(images)
    if images.dtype.kind not in "fiub" or images.size == 0 or images.ndim == 0:
        got = f"{images.dtype} {images.shape}"
        raise ValueError(
            f"{argument}: expected numbers of shape (n, 784) or (n, 28, 28), got {got}"
        )
    side = round(np.sqrt(images.shape[-1])) if images.ndim == 2 else images.shape[-1]
    if images.ndim not in (2, 3) or images[0].size != side * side:
        shape = "(n, 784) or (n, 28, 28)" if argument == "images" else "(784, units)"
        got = images.shape if argument == "images" else images.T.shape
        raise ValueError(f"{argument}: expected shape {shape}, got {got}")
    images = images.reshape(-1, side, side).astype(float)
    if not (abs(images) < LARGEST).all():
        raise ValueError(f"{argument}: expected finite numbers below {LARGEST}, got others")
    return images


def check_names(argument, names, n):
    """Return names as an array (n,), or None; raise if there are not n."""
    if names is None:
        return None
    if not np.iterable(names):
        raise TypeError(f"{argument}: expected a list of {n}, got {names!r:.60}")
    names = np.asarray(list(names))
    if names.shape != (n,):
        raise ValueError(f"{argument}: expected shape ({n},), got {names.shape}")
    return names


def check_columns(columns, n):
    """Return how many of n pictures go into a row, or raise."""
    if not isinstance(columns, (int, np.integer)) or columns < 1:
        raise ValueError(f"columns: expected a whole number of at least 1, got {columns!r}")
    return min(int(columns), n)


def check_matrix(matrix):
    """Return a confusion matrix (classes, classes) of whole numbers, or raise."""
    matrix = np.asarray(matrix)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ValueError(f"matrix: expected shape (classes, classes), got {matrix.shape}")
    counts = matrix.dtype.kind in "iuf" and (0 <= matrix).all() and (matrix <= MOST).all()
    if not counts or (matrix % 1 != 0).any():
        raise ValueError(f"matrix: expected counts, whole numbers from 0 to {MOST}, got others")
    return matrix.astype(int)
