"""Editions of the notebooks in other languages, built from the English and a catalog.

A translation is put where the English sentence stood. All else is copied byte for byte.
"""

from pathlib import Path

import nbformat

from . import DIRECTIONS
from .directions import isolated
from .editions import CORRECT, HOW_TO_CORRECT, LABEL, LANGUAGES, UNREVIEWED
from .po import REVIEW
from .slices import BREAK, MARKDOWN, blocks

LINE = "\0"  # where the line of the languages stands, until all other links are changed
# JupyterLab keeps paragraphs on the left edge in a right-to-left <div>, but not this in them.
SPAN = '<span dir="{}"{} style="display:block; text-align:{}">{}</span>'


class Builder:
    """Puts the translations of one catalog into one edition.

    edition: Edition.
    translations: dict, English sentence to translation; what is missing stays English.
    review: str or None, the state of review as the catalog's header tells it.
    """

    def __init__(self, edition, translations, review=None):
        self.edition, self.translations, self.review = edition, translations, review
        self.right_to_left = DIRECTIONS[edition.language] == "rtl"

    def markdown(self, source):
        """The Markdown text `source` in the edition's language, with its links."""
        changes = [self.changed(block, source) for block in blocks(source)]
        if self.right_to_left:
            changes += fences(source)
        text = self.edition.relinked(replaced(source, changes))
        return self.turned(text.replace(LINE, self.language_line()))

    def turned(self, text):
        """The text of a cell or file in the direction of the language."""
        if not self.right_to_left:
            return text
        body, end = text.rstrip("\n"), "\n" if text.endswith("\n") else ""
        return f'<div dir="rtl" lang="{self.edition.language}">\n\n{body}\n\n</div>{end}'

    def changed(self, block, source):
        """Start, end and new text of a block."""
        if block.kind == "language":
            return block.start, block.end, self.paragraph(LINE, True, block.kind)
        if self.right_to_left and not block.slices and block.kind != "html":
            text = isolated(source[block.start : block.end])
            return block.start, block.end, self.paragraph(text, True, block.kind)
        parts = [(s.start, s.end, self.translation(block, s)) for s in self.known(block)]
        inner = [(start - block.start, end - block.start, text) for start, end, text in parts]
        text = replaced(source[block.start : block.end], inner)
        return block.start, block.end, self.paragraph(text, bool(parts), block.kind)

    def known(self, block):
        """The slices of the block whose translation differs from the English."""
        return [s for s in block.slices if self.translations.get(s.text, s.text) != s.text]

    def translation(self, block, part):
        """The translation of the slice `part` of a block, ready to stand in its place."""
        text = self.translations[part.text]
        return isolated(text) if self.right_to_left and block.kind != "html" else text

    def paragraph(self, text, translated, kind):
        """The text of a paragraph in its own direction, where the edition's is right-to-left."""
        if not self.right_to_left or kind not in ("paragraph", "language"):
            return text
        if translated:
            return SPAN.format("rtl", "", "right", text)
        return SPAN.format("ltr", ' lang="en"', "left", text)

    def language_line(self):
        """The links to the other editions, the state of review, and how to mend a sentence."""
        say = {text: self.translations.get(text, text) for text in (LABEL, UNREVIEWED, CORRECT)}
        names = [self.language_link(code, name) for code, name in LANGUAGES.items()]
        line = f"**{say[LABEL]}** {' · '.join(names)}"
        if self.edition.language == "en":
            return line
        review = f"{say[UNREVIEWED]} " if self.review == REVIEW else ""
        return f"{line}{BREAK}{review}[{say[CORRECT]}]({self.edition.link(HOW_TO_CORRECT)})"

    def language_link(self, code, name):
        """The name of a language, with a link unless it is the edition's own."""
        if code == self.edition.language:
            return name
        return f"[{name}]({self.edition.link(self.edition._replace(language=code).path)})"

    def notebook(self, english, former=None):
        """The notebook `english` in the edition's language.

        A code cell that is the same in `former`, an older build, keeps the outputs it has there.
        """
        built = nbformat.from_dict(english)
        same = {(cell.id, cell.source): cell for cell in former.cells} if former else {}
        for cell in built.cells:
            if cell.cell_type == "markdown":
                cell.source = self.markdown(cell.source)
            elif cell.cell_type == "code":
                old = same.get((cell.id, cell.source), {})
                cell.outputs = old.get("outputs", [])
                cell.execution_count = old.get("execution_count")
        return built


def fences(source):
    """Start, end and new text of each code block: its letters keep their direction."""
    lines = source.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    for token in MARKDOWN.parse(source):
        if token.type == "fence" and token.level == 0:
            start, end = (starts[number] for number in token.map)
            yield start, end, f'<div dir="ltr">\n\n{source[start:end].rstrip()}\n\n</div>\n'


def replaced(text, changes):
    """The text with each (start, end, new) of `changes` put in."""
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def build(root, edition, po):
    """The text of the edition's file, from the English and the catalog `po`.

    What is fuzzy or not translated stays English.
    """
    builder = Builder(edition, po.translations(), po.review)
    source, path = Path(root, edition.source), Path(root, edition.path)
    if source.suffix == ".md":
        return builder.markdown(source.read_text(encoding="utf-8"))
    former = nbformat.read(path, as_version=4) if path.exists() else None
    return notebook_text(builder.notebook(nbformat.read(source, as_version=4), former))


def notebook_text(notebook):
    """The text of the file of `notebook`, as tests/notebooks/execute.py writes it."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"
