"""Many short texts in a picture that moves: drawn as one shape, which is much faster than Text."""

from functools import cache

import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import IdentityTransform

NOTHING = np.zeros((0, 2)), np.zeros(0, Path.code_type)
SIZE = 13.5  # pixels


@cache
def letter(character):
    """Return the corners of a character in pixels, their codes, and how far the next letter is."""
    font = FontProperties(family="DejaVu Sans", size=SIZE)
    width, _height, _descent = text_to_path.get_text_width_height_descent(character, font, False)
    if character.isspace():
        return *NOTHING, width
    outline = TextPath((0, 0), character, prop=font)
    return outline.vertices, outline.codes, width


class Lettering(PathPatch):
    """Texts as one shape: a Text makes a picture of each of its letters anew, every time."""

    def __init__(self):
        super().__init__(Path(*NOTHING), facecolor="black", lw=0)
        self.set(transform=IdentityTransform(), in_layout=False, clip_on=False)

    def write(self, texts):
        """Show texts, (x, y, text) each: x of its middle and y of its foot in pixels."""
        corners, codes = [NOTHING[0]], [NOTHING[1]]
        for middle, foot, text in texts:
            letters = [letter(character) for character in text]
            x, y = round(middle - sum(width for *_outline, width in letters) / 2), round(foot)
            for outline, code, width in letters:
                corners.append(outline + np.array([x, y]))
                codes.append(code)
                x += width
        self.set_path(Path(np.concatenate(corners), np.concatenate(codes)))
