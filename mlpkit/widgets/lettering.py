"""Texts that are drawn fast, for pictures with many numbers that all change in a move.

Matplotlib's Text sets each letter anew, over a millisecond for a short text. Here a text becomes
an image, by Matplotlib's own fonts and shaping, and the image is kept.
"""

from functools import lru_cache

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text
from matplotlib.transforms import Bbox

SIDES = {"left": 0, "center": 0.5, "right": 1}
HEIGHTS = {"bottom": 0, "center": 0.5, "top": 1}
STEP, FOOT = 1.2, 0.93  # from line to line, and from the top of a line to its foot, in letter sizes


@lru_cache(maxsize=8)
def font_files(families, weight):
    """The files of the fonts to look for a letter in, one after the other."""
    return [findfont(FontProperties(family=name, weight=weight)) for name in families]


def line_image(line, weight, pixels):
    """A line of text as an image (height, width) of 0 to 255, and how much is below its foot."""
    font = get_font(font_files(tuple(matplotlib.rcParams["font.family"]), weight))
    font.set_size(pixels, 72)
    font.set_text(line)
    font.draw_glyphs_to_bitmap(antialiased=True)
    return np.asarray(font.get_image()), round(font.get_descent() / 64)


@lru_cache(maxsize=400)
def stamp(text, weight, pixels, align, color, ground):
    """The text as an image (height, width, 4), its first row at the bottom, and its margin.

    The margin is how many rows letters reach above the first line, and as many below the last one:
    the signs of Thai and Telugu stand higher and deeper than Latin letters.
    """
    lines = [line_image(line, weight, pixels) for line in text.split("\n")]
    step, foot = round(STEP * pixels), round(FOOT * pixels)
    highest = max(image.shape[0] - below for image, below in lines)
    deepest = max(below for _image, below in lines)
    margin = max(0, highest - foot, foot + deepest - step)
    width = max(image.shape[1] for image, _below in lines)
    mask = np.zeros((step * len(lines) + 2 * margin, width), dtype=np.uint8)
    for i, (image, below) in enumerate(lines):
        left = round(SIDES[align] * (width - image.shape[1]))
        last = margin + i * step + foot + below
        part = mask[last - image.shape[0] : last, left : left + image.shape[1]]
        np.maximum(part, image, out=part)
    alpha = mask[::-1, :, None]
    ink = np.broadcast_to(np.round(255 * np.array(to_rgb(color))), (*alpha.shape[:2], 3))
    if ground:
        behind = np.round(255 * np.array(to_rgb(ground)))
        ink, alpha = behind + alpha / 255 * (ink - behind), np.full_like(alpha, 255)
    return np.concatenate([ink.astype(np.uint8), alpha], axis=2), margin


class Lettering(Text):
    """A Text of one or more upright lines around its place, with a plain `ground` behind it."""

    def __init__(self, *args, ground=None, **settings):
        super().__init__(*args, **{"ha": "center", "va": "center"} | settings)
        self.ground = ground

    def image(self):
        """The text as an image (height, width, 4), its first row at the bottom, and its margin."""
        pixels = self.get_fontsize() * self.get_figure(root=True).dpi / 72
        how = self.get_weight(), pixels, self.get_ha(), self.get_color(), self.ground
        return stamp(self.get_text(), *how)

    def get_window_extent(self, renderer=None, dpi=None):
        """Where it stands, in pixels from the lower left corner."""
        height, width, _channels = self.image()[0].shape
        x, y = self.get_transform().transform(self.get_unitless_position())
        left = round(x - SIDES[self.get_ha()] * width)
        return Bbox.from_bounds(left, round(y - HEIGHTS[self.get_va()] * height), width, height)

    def draw(self, renderer):
        """Put the image in its place."""
        if self.get_visible() and self.get_text():
            place = self.get_window_extent()
            gc = renderer.new_gc()
            renderer.draw_image(gc, place.x0, place.y0, self.image()[0])
            gc.restore()
        self.stale = False


class Labels(Artist):
    """Many short texts at places in pixels, all new with each `write`."""

    def __init__(self, pixels=13.5):
        super().__init__()
        self.pixels, self.texts = pixels, []
        self.set_in_layout(False)

    def write(self, texts):
        """Show texts, (x, y, text) each: x of its middle and y of its foot."""
        self.texts = [text for text in texts if text[2]]
        self.stale = True

    def draw(self, renderer):
        """Put the images in their places."""
        gc = renderer.new_gc()
        for middle, foot, text in self.texts:
            image, margin = stamp(text, "normal", self.pixels, "center", "black", None)
            left = round(middle - image.shape[1] / 2)
            renderer.draw_image(gc, left, round(foot - 0.27 * self.pixels) - margin, image)
        gc.restore()
        self.stale = False
