"""Left-to-right pieces of a right-to-left sentence: code, formulas with their shapes, `1/N`.

Without a mark of their own, signs change sides, and neighbors such as `z. ReLU` change places.
"""

import re

from .slices import CODE, MATH, TAG

# Formulas, code and marks stand as single letters of three ranges while the words are looked at.
LETTERS = {"math": 0xE000, "code": 0xE800, "mark": 0xF000}
# The words of a picture stay as they are: a screen reader would read a tag in them aloud.
PICTURE = r"!\[[^\[\]]*\]\([^()\s]*\)"
TOKEN = re.compile(
    rf"(?P<code>{CODE.pattern})|(?P<math>{MATH.pattern})"
    rf"|(?P<mark>{TAG.pattern}|{PICTURE}|\[(?=[^\[\]]*\]\()|\]\([^()\s]*\)|\*+|(?<!\w)_+|_+(?!\w))",
    re.DOTALL,
)
RUN = re.compile("[^\u0590-\u08ff\u200c\u200f«»✔\uf000-\uf7ff]+")
# A piece ends at punctuation, or at a bracket that has no partner; no arrow begins it.
UNIT = r"(?:\((?:[^()]|\([^()]*\))*\)|[^\s()·…–—.:;!,]|[.:;!,](?=\S))"
PIECE = re.compile(rf"(?![←→] ){UNIT}(?: ?{UNIT})*")
WORDS = re.compile(r"[\s.:;!,()\"]*[A-Za-z][\w -]*(?:: [a-z][\w -]*)?[\s.:;!,()\"]*")
LEFT_TO_RIGHT = re.compile("[^\\W\\d_]|[\ue800-\uefff−+±<>=≈√∞%]|[-/]\\d")


def isolated(text):
    """The right-to-left Markdown `text` with each left-to-right piece in a <span> of its own."""
    kept = []

    def letter(match):
        kept.append(match.group())
        return chr(LETTERS[match.lastgroup] + len(kept) - 1)

    short = RUN.sub(lambda run: marked(run.group()), TOKEN.sub(letter, text))
    return re.sub("[\ue000-\uf7ff]", lambda match: kept[ord(match.group()) % 0x800], short)


def marked(run):
    """The run of letters with its left-to-right pieces marked; mere words need no mark."""
    if WORDS.fullmatch(run):
        return run
    return PIECE.sub(lambda piece: span(piece.group()), run)


def span(piece):
    """The piece in a <span>, if its letters or signs go from left to right."""
    return f'<span dir="ltr">{piece}</span>' if LEFT_TO_RIGHT.search(piece) else piece
