"""Where the words of a Markdown text stand: the slices that a translation is put in.

markdown-it finds the paragraphs, headings, list items and table cells. What is not a slice (marks,
formulas, code, blank lines) is copied byte for byte; nothing is written anew.
"""

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

MARKDOWN = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, double_inline=True)
LANGUAGE_LINE = "**Language:** "
BREAK = "<br>"
NAMES = {"MNIST", "NumPy", "ReLU", "mlpkit", "softmax", "tanh"}

MATH = re.compile(r"\$\$.+?\$\$|(?<!\\)\$[^$]+\$", re.DOTALL)
CODE = re.compile(r"`[^`]+`")
TAG = re.compile(r"</?[a-z][^<>]*>")
TARGET = re.compile(r"\]\(([^()\s]+)\)")
HTML_TEXT = re.compile(r'<summary>(.*?)</summary>|\balt="([^"]*)"', re.DOTALL)


class Slice(NamedTuple):
    """A message: `text` stands in the source from `start` to `end`, soft breaks as spaces."""

    start: int
    end: int
    text: str


class Block(NamedTuple):
    """A paragraph, item, heading, cell, html or language line, with its slices in order."""

    kind: str
    start: int
    end: int
    slices: list


def words_alone(text):
    """The text without formulas, code, tags and link targets."""
    for pattern in (CODE, MATH, TAG):
        text = pattern.sub(" ", text)
    return TARGET.sub("] ", text)


def is_message(text):
    """Whether there is a word to translate."""
    words = re.findall(r"(?<!\w)[A-Za-z]{2,}(?!\w)", words_alone(text))
    return not NAMES.issuperset(words)


def blocks(source):
    """The blocks of the Markdown text `source`, also those without words.

    Raises ValueError for a text that does not stand in the source as markdown-it read it, and for
    words in HTML that nobody could translate.
    """
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    found, cursor, opened = [], 0, None
    for token in MARKDOWN.parse(source):
        if token.type == "inline":
            pieces = located(source, token, starts, cursor)
            cursor = pieces[-1][1] if pieces else cursor
            found.append(block(kind_of(opened, token), pieces, source))
        elif token.type == "html_block":
            found.append(html_block(source, starts[token.map[0]], starts[token.map[1]]))
        opened = token
    return [block for block in found if block]


def kind_of(opened, token):
    """The kind of the block whose text is `token`, from the token that opened it."""
    if token.content.startswith(LANGUAGE_LINE):
        return "language"
    if opened.type == "paragraph_open":
        return "item" if opened.hidden else "paragraph"
    return "heading" if opened.type == "heading_open" else "cell"


def located(source, token, starts, cursor):
    """Start, end and text of each line of the inline `token` in `source`, after `cursor`."""
    pieces = []
    for number, line in enumerate(filter(None, map(str.strip, token.content.split("\n")))):
        begin = max(cursor, starts[token.map[0] + number])
        limit = starts[token.map[0] + number + 1]
        for text in (line, line.replace("|", r"\|")):
            place = source.find(text, begin, limit)
            if place >= 0:
                break
        else:
            raise ValueError(f"the text {line!r} does not stand in the source like this")
        cursor = place + len(text)
        pieces.append((place, cursor, text))
    return pieces


def block(kind, pieces, source):
    """The block of the located lines `pieces`; a line that ends in <br> ends its message."""
    slices, message = [], []
    for start, end, text in pieces:
        cut = text.endswith(BREAK)
        message.append((start, end - len(BREAK) if cut else end, text.removesuffix(BREAK)))
        if cut or end == pieces[-1][1]:
            joined = " ".join(text for _, _, text in message)
            if is_message(joined):
                slices.append(Slice(message[0][0], message[-1][1], joined))
            message = []
    return Block(kind, pieces[0][0], pieces[-1][1], slices) if pieces else None


def html_block(source, start, end):
    """The block of the HTML from `start` to `end`: its summaries and alt texts."""
    html, slices = source[start:end], []
    if is_message(HTML_TEXT.sub(" ", html)):
        raise ValueError(f"words in HTML, neither <summary> nor alt: {html.strip()!r}")
    for match in HTML_TEXT.finditer(html):
        group = match.lastindex
        if is_message(match.group(group)):
            begin, finish = start + match.start(group), start + match.end(group)
            slices.append(Slice(begin, finish, " ".join(match.group(group).split())))
    return Block("html", start, end, slices)


def messages(source):
    """The messages of the Markdown text `source`, in order; the language line is generated."""
    for block in blocks(source):
        if block.kind != "language":
            yield from (part.text for part in block.slices)
