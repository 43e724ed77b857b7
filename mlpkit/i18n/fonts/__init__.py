"""The letters of Persian, Telugu and Thai for Matplotlib's pictures. README.md: where from."""

from functools import cache
from pathlib import Path

from matplotlib.font_manager import fontManager

from .. import language

LATIN = "DejaVu Sans"  # comes with Matplotlib, and has ∂, ℒ and subscripts
FILES = {"fa": "Vazirmatn", "te": "NotoSansTelugu", "th": "NotoSansThai"}
# The first family that has a letter draws it: DejaVu Sans has Persian letters, too, but worse ones.
FAMILIES = {
    "en": [LATIN],
    "fa": ["Vazirmatn", LATIN],
    "te": [LATIN, "Noto Sans Telugu"],
    "th": [LATIN, "Noto Sans Thai"],
}


def families():
    """The font families for texts in the language in use, which Matplotlib then knows."""
    if language() in FILES:
        register(FILES[language()])
    return FAMILIES[language()]


@cache
def register(name):
    """Tell Matplotlib where the fonts of this name are."""
    for weight in ("Regular", "Bold"):
        fontManager.addfont(Path(__file__).with_name(f"{name}-{weight}.ttf"))
