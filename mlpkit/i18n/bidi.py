"""Numbers, formulas and code in right-to-left sentences.

In such a sentence a bare −0.5 would be shown as 0.5−, and a vector from its end to its beginning.
Marks that nobody sees keep these values as they are, and tell a sentence that begins with one from
a left-to-right sentence: Unicode Standard Annex 9, "Unicode Bidirectional Algorithm", section 2.6.
Where words of both directions stand in one row, or a text follows a letter, marks are not enough:
section 2.4, isolates.
"""

import re
import unicodedata

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"  # marks
ISOLATES, END = {"ltr": "\u2066", "rtl": "\u2067"}, "\u2069"  # what is between is read by itself
LETTER = {"L": "ltr", "R": "rtl", "AL": "rtl"}  # Unicode's bidirectional types of letters


def directions(text):
    """The directions of the letters of a text, one after the other; digits have none."""
    types = (LETTER.get(unicodedata.bidirectional(character)) for character in text)
    return [direction for direction in types if direction]


def kept(value):
    """A value for a right-to-left sentence; one without letters of such a script is marked."""
    text = str(value)
    if re.fullmatch(r"\w*", text) or "rtl" in directions(text.strip(LEFT_TO_RIGHT)):
        return value
    return LEFT_TO_RIGHT + text.strip(LEFT_TO_RIGHT) + LEFT_TO_RIGHT


def begun(text):
    """A sentence that says by a mark, if need be, that it is right-to-left."""
    found = directions(text)
    return RIGHT_TO_LEFT + text if "rtl" in found and found[0] == "ltr" else text


def row(parts, between):
    """The parts from left to right, in every sentence; words of a right-to-left script stay whole.

    Without such words it is the parts joined, and nothing else.
    """
    texts = [isolated(p, "rtl") if "rtl" in directions(p) else p for p in parts]
    text = between.join(texts)
    return text if texts == list(parts) else isolated(text, "ltr")


def listed(label, text):
    """A label and its text, to stand in a right-to-left list: the text has its own direction."""
    return f"{label} {isolated(text, 'rtl' if 'rtl' in directions(text) else 'ltr')}"


def isolated(text, direction):
    """A text that is read in its own direction, whatever is around it."""
    return ISOLATES[direction] + text + END
