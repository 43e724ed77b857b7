"""A picture and the same in words; and what all pictures share: colors, markers, axes.

Figures are made without pyplot, so none is shown twice, none stays in memory, and no window or
backend is needed.
"""

import base64
import io

import matplotlib.style
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image  # Matplotlib needs it too

from ..i18n import N_, _
from ..i18n.fonts import families

# Okabe & Ito (2008), "Color Universal Design": told apart in all common kinds of color blindness.
COLORS = {
    N_("blue"): "#0072B2",
    N_("orange"): "#D55E00",
    N_("green"): "#009E73",
    N_("pink"): "#CC79A7",
    N_("sky blue"): "#56B4E9",
    N_("yellow"): "#E69F00",
    N_("black"): "#000000",
}
MARKERS = {
    N_("circles"): "o",
    N_("squares"): "s",
    N_("triangles"): "^",
    N_("diamonds"): "D",
    N_("plus signs"): "P",
    N_("crosses"): "X",
    N_("stars"): "*",
    N_("pentagons"): "p",
    N_("arrowheads"): "v",
    N_("pointers"): "<",
}
GRAY = "#595959"
DARK_ORANGE = "#B34700"  # of texts: on white, orange itself is too light to be read well
LARGEST = 1e150  # beyond it, or below 1 / LARGEST on a logarithmic axis, Matplotlib overflows
# The learner's own Matplotlib settings would give each learner another picture.
SETTINGS = {
    "font.size": 10,
    "axes.titlesize": 11,
    "figure.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#E5E5E5",
    "legend.frameon": False,
    "figure.dpi": 110,
}


class Picture:
    """A Matplotlib figure with `facts`: what it shows, in words, for those who cannot see it.

    As the last line of a cell it is shown once. Its words are the alternative text, and the text
    that two runs of a notebook are compared by.
    """

    def __init__(self, figure, facts):
        self.figure, self.facts = figure, _(facts)  # those that a notebook gives are English

    mime = "image/png"  # of what quick_image returns
    colors = 256  # of a saved PNG: half the size in a notebook

    def draw(self):
        """Draw the figure on its canvas, with all things at the places of the first time."""
        with style():
            self.figure.canvas.draw()
        self.figure.set_layout_engine("none")  # drawing again would move things by a pixel

    def pixels(self):
        """Return the picture as a PIL Image."""
        self.draw()
        return Image.fromarray(np.asarray(self.figure.canvas.buffer_rgba())).convert("RGB")

    def png(self):
        """Return the picture as the bytes of a PNG file, the same ones each time."""
        file = io.BytesIO()
        self.pixels().quantize(self.colors).save(file, "png", optimize=True)
        return file.getvalue()

    def quick_image(self):
        """Return the picture as bytes that are made fast, for one that is soon replaced."""
        file = io.BytesIO()
        few = self.pixels().quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(file, "png", compress_level=1)
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        image = base64.b64encode(self.png()).decode("ascii")
        bundle = {"image/png": image, "text/plain": self.facts}
        return bundle, {"image/png": {"alt": self.facts}}

    def __repr__(self):
        return self.facts


def style():
    """Return a context in which Matplotlib draws as this course does."""
    return matplotlib.style.context(["default", SETTINGS | {"font.family": families()}])


def new_figure(width, height):
    """Return an empty Figure (size in inches) that leaves room for all labels by itself."""
    figure = Figure(figsize=(width, height), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    FigureCanvasAgg(figure)
    return figure


def look(index):
    """Return (name, color, marker) of class or line number `index`: no two of 70 look the same."""
    color, marker = list(COLORS)[index % len(COLORS)], list(MARKERS)[index % len(MARKERS)]
    name = _("{color} {marker}", color=_(color), marker=_(marker))
    return name, COLORS[color], MARKERS[marker]


def legend_below(figure, handles, columns=4):
    """Put one legend below all axes, where it covers no data, if there are things to tell apart."""
    if len(handles) > 1:
        columns = min(columns, len(handles))
        figure.legend(handles=handles, loc="outside lower center", ncols=columns)


def nice_limits(low, high):
    """Return axis limits around low ... high at round numbers, so that they are easy to read.

    Rounding in between keeps the last bit of low and high from choosing the limits.
    """
    span = max(float(f"{(high - low) or abs(high) or 1.0:.6g}"), 1e-300)  # else the step is 0
    step = 10.0 ** np.floor(np.log10(span))
    step /= 10 if span / step < 2 else 5 if span / step < 5 else 2
    steps = np.round([(low - 0.05 * span) / step, (high + 0.05 * span) / step], 6)
    # min and max count only where numbers are too close together for a step between them.
    return min(low, step * np.floor(steps[0])), max(high, step * np.ceil(steps[1]))
