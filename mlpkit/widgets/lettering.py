"""Texts that are drawn fast, for pictures with many numbers that all change in a move.

Matplotlib sets each letter anew, over a millisecond for a short text. Pillow needs a twentieth.
"""

from functools import lru_cache

import numpy as np
from matplotlib import get_data_path
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image, ImageDraw, ImageFont

FILES = {"normal": "DejaVuSans.ttf", "bold": "DejaVuSans-Bold.ttf"}
SIDES = {"left": 0, "center": 0.5, "right": 1}
HEIGHTS = {"bottom": 0, "center": 0.5, "top": 1}


@lru_cache(maxsize=32)
def load_font(weight, pixels):
    """The font of all pictures, as Pillow knows it."""
    return ImageFont.truetype(f"{get_data_path()}/fonts/ttf/{FILES[weight]}", pixels)


@lru_cache(maxsize=400)
def stamp(text, weight, pixels, align, color, ground):
    """The text as an image (height, width, 4), its first row at the bottom."""
    font, step = load_font(weight, pixels), round(1.2 * pixels)
    lines = text.split("\n")
    widths = [font.getlength(line) for line in lines]
    mask = Image.new("L", (round(max(widths)), step * len(lines)), 0)
    pen = ImageDraw.Draw(mask)
    for i, (line, width) in enumerate(zip(lines, widths, strict=True)):
        left = SIDES[align] * (mask.width - width)
        pen.text((left, i * step + round(0.93 * pixels)), line, 255, font, anchor="ls")
    alpha = np.asarray(mask)[::-1, :, None]
    ink = np.broadcast_to(np.round(255 * np.array(to_rgb(color))), (*alpha.shape[:2], 3))
    if ground:
        behind = np.round(255 * np.array(to_rgb(ground)))
        ink, alpha = behind + alpha / 255 * (ink - behind), np.full_like(alpha, 255)
    return np.concatenate([ink.astype(np.uint8), alpha], axis=2)


class Lettering(Text):
    """A Text of one or more upright lines around its place, with a plain `ground` behind it."""

    def __init__(self, *args, ground=None, **settings):
        super().__init__(*args, **{"ha": "center", "va": "center"} | settings)
        self.ground = ground

    def image(self):
        """The text as an image (height, width, 4), its first row at the bottom."""
        pixels = self.get_fontsize() * self.get_figure(root=True).dpi / 72
        how = self.get_weight(), pixels, self.get_ha(), self.get_color(), self.ground
        return stamp(self.get_text(), *how)

    def get_window_extent(self, renderer=None, dpi=None):
        """Where it stands, in pixels from the lower left corner."""
        height, width, _channels = self.image().shape
        x, y = self.get_transform().transform(self.get_unitless_position())
        left = round(x - SIDES[self.get_ha()] * width)
        return Bbox.from_bounds(left, round(y - HEIGHTS[self.get_va()] * height), width, height)

    def draw(self, renderer):
        """Put the image in its place."""
        if self.get_visible() and self.get_text():
            place = self.get_window_extent()
            gc = renderer.new_gc()
            renderer.draw_image(gc, place.x0, place.y0, self.image())
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
            image = stamp(text, "normal", self.pixels, "center", "black", None)
            left = round(middle - image.shape[1] / 2)
            renderer.draw_image(gc, left, round(foot - 0.27 * self.pixels), image)
        gc.restore()
        self.stale = False
