"""A sketch: boxes, arrows and texts at points in pixels, painted in two ways.

`svg` writes it as an SVG within a millisecond, which a stepper needs; Matplotlib paints the same
for the PNG that a saved notebook keeps.
"""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.textpath import TextPath

from ..i18n.bidi import directions
from ..i18n.fonts import LATIN, families
from .picture import GRAY, Picture, new_figure, style

DPI = 128  # a power of 2, so that pixels become inches and pixels again without rounding
FAMILY = f"{LATIN}, Verdana, sans-serif"
ROUND = 5  # radius of corners
HEAD = 7, 3.2  # length and half the width of an arrow's head
DASHES = 3, 2  # times the width of the line
BASELINE = 0.36  # of the size, from the middle of a digit down to the line it stands on


class Box(NamedTuple):
    """A rectangle around the point (x, y) with round corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "white"
    edge: str = GRAY
    line: float = 1


class Arrow(NamedTuple):
    """A curve with a head at its end: points with 2 numbers (a line) or 6 (a Bézier curve)."""

    points: tuple
    color: str
    line: float = 1.3
    dashed: bool = False

    def head(self):
        """The three corners of the head."""
        (x, y), (fx, fy) = self.points[-1][-2:], self.before_end()
        length = ((x - fx) ** 2 + (y - fy) ** 2) ** 0.5 or 1
        dx, dy = (x - fx) / length, (y - fy) / length
        (long, half), grow = HEAD, 1 + 0.15 * (self.line - 1)
        bx, by = x - long * grow * dx, y - long * grow * dy
        half *= grow
        return (x, y), (bx - half * dy, by + half * dx), (bx + half * dy, by - half * dx)

    def before_end(self):
        """The last point that differs from the end: the head points away from it."""
        *_, last = flat = [p[i : i + 2] for p in self.points for i in range(0, len(p), 2)]
        return next((p for p in reversed(flat) if p != last), last)


class Text(NamedTuple):
    """One line of text, its middle at (x, y)."""

    x: float
    y: float
    text: str
    color: str = "black"
    size: float = 12
    bold: bool = False

    def extent(self):
        """(left, top, right, bottom) of the letters."""
        half = text_width(self.text, self.size, self.bold) / 2
        return self.x - half, self.y - self.size / 2, self.x + half, self.y + self.size / 2


@lru_cache(maxsize=20_000)
def text_width(text, size=12, bold=False):
    """The width of a text in pixels."""
    if not text.strip():
        return 0
    font = FontProperties(family=families(), weight="bold" if bold else "normal")
    return float(TextPath((0, 0), text, size=size, prop=font).get_extents().x1)


def svg(shapes, size, title):
    """Write the shapes as an SVG file on white, `size` (width, height) in pixels."""
    width, height = size
    parts = "".join(WRITERS[type(shape)](shape) for shape in shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FAMILY}" text-anchor="middle">'
        f'<title>{escape(title)}</title><rect width="{width}" height="{height}" fill="white"/>'
        f"{parts}</svg>"
    )


def svg_box(box):
    return (
        f'<rect x="{box.x - box.width / 2:.1f}" y="{box.y - box.height / 2:.1f}" '
        f'width="{box.width:.1f}" height="{box.height:.1f}" rx="{ROUND}" fill="{box.fill}" '
        f'stroke="{box.edge}" stroke-width="{box.line}"/>'
    )


def svg_arrow(arrow):
    first, *rest = arrow.points
    way = "M" + svg_points(first)
    way += "".join(("C" if len(p) == 6 else "L") + svg_points(p) for p in rest)
    dashes = svg_points(part * arrow.line for part in DASHES)
    dashes = f' stroke-dasharray="{dashes}"' if arrow.dashed else ""
    head = " ".join(svg_points(p) for p in arrow.head())
    return (
        f'<path d="{way}" fill="none" stroke="{arrow.color}" stroke-width="{arrow.line}"{dashes}/>'
        f'<polygon points="{head}" fill="{arrow.color}"/>'
    )


def svg_points(numbers):
    return " ".join(f"{number:.1f}" for number in numbers)


def svg_text(text):
    weight = ' font-weight="bold"' if text.bold else ""
    weight += ' direction="rtl"' if "rtl" in directions(text.text) else ""
    return (
        f'<text x="{text.x:.1f}" y="{text.y + BASELINE * text.size:.1f}" '
        f'font-size="{text.size}" fill="{text.color}"{weight}>{escape(text.text)}</text>'
    )


def paint_box(ax, box):
    corner = box.x - box.width / 2, box.y - box.height / 2
    look = {"facecolor": box.fill, "edgecolor": box.edge, "linewidth": points(box.line)}
    corners = f"round,pad=0,rounding_size={ROUND}"
    ax.add_patch(FancyBboxPatch(corner, box.width, box.height, boxstyle=corners, **look))


def paint_arrow(ax, arrow):
    places, codes = [arrow.points[0]], [Path.MOVETO]
    for numbers in arrow.points[1:]:
        places += [numbers[i : i + 2] for i in range(0, len(numbers), 2)]
        codes += [Path.CURVE4] * 3 if len(numbers) == 6 else [Path.LINETO]
    look = {"fill": False, "edgecolor": arrow.color, "linewidth": points(arrow.line)}
    look |= {"linestyle": (0, DASHES) if arrow.dashed else "-", "capstyle": "butt"}
    ax.add_patch(PathPatch(Path(places, codes), **look))
    ax.add_patch(Polygon(arrow.head(), facecolor=arrow.color, edgecolor="none"))


def paint_text(ax, text):
    weight, y = "bold" if text.bold else "normal", text.y + BASELINE * text.size
    look = {"size": points(text.size), "color": text.color, "weight": weight}
    ax.text(text.x, y, text.text, ha="center", va="baseline", parse_math=False, **look)


def points(pixels):
    """Matplotlib's unit for letters and lines: 1/72 inch."""
    return pixels * 72 / DPI


WRITERS = {Box: svg_box, Arrow: svg_arrow, Text: svg_text}
PAINTERS = {Box: paint_box, Arrow: paint_arrow, Text: paint_text}


def blank(size):
    """Return an empty figure of this size in pixels."""
    figure = new_figure(size[0] / DPI, size[1] / DPI)
    figure.set_dpi(DPI)
    figure.set_layout_engine("none")
    return figure


class Sketch(Picture):
    """A picture made of shapes. Sketches of one size may share a figure: it is painted when needed.

    size (width, height) in pixels, title in a few words, facts as for each Picture.
    """

    mime = "image/svg+xml"
    colors = 32

    def __init__(self, shapes, size, title, facts, figure=None):
        super().__init__(figure or blank(size), facts)
        self.shapes, self.size, self.title = shapes, size, title

    def svg(self):
        """Return the picture as the text of an SVG file."""
        return svg(self.shapes, self.size, self.title)

    def quick_image(self):
        return self.svg().encode()

    def draw(self):
        """Paint the shapes with Matplotlib."""
        with style():
            self.figure.clear()
            ax = self.figure.add_axes((0, 0, 1, 1))
            ax.set(xlim=(0, self.size[0]), ylim=(self.size[1], 0))
            ax.axis("off")
            for shape in self.shapes:
                PAINTERS[type(shape)](ax, shape)
        super().draw()
