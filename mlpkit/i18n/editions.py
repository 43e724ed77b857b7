"""Which files are translated, and where their catalogs and editions stand."""

import posixpath
import re
from pathlib import Path
from typing import NamedTuple

import nbformat

from .slices import CODE, MATH, messages

SOURCES = [
    "notebooks/OwnFramework.ipynb",
    "notebooks/GradientDescent.ipynb",
    "notebooks/Backpropagation.ipynb",
    "lab/MyFW_MNIST.ipynb",
    "lab/README.md",
]
PICTURES = ["lab/figures/results.png"]  # drawn by lab/table.py with the words of each language
LANGUAGES = {"en": "English", "fa": "فارسی", "te": "తెలుగు", "th": "ไทย"}
# What the line of the languages says besides their names; each catalog translates it.
LABEL = "Language:"
UNREVIEWED = "This translation has not been reviewed by a native speaker."
CORRECT = "Correct a sentence"
HOW_TO_CORRECT = "CONTRIBUTING.md"

LINK = re.compile(
    rf'```.*?```|{CODE.pattern}|{MATH.pattern}|(?P<mark>\]\(|\b(?:href|src)=")(?P<link>[^()"\s]+)',
    re.DOTALL,
)
SCHEME = re.compile(r"[a-z]+:|#")


class Edition(NamedTuple):
    """One source in one language: `source` is its path below the course's folder.

    The English edition is the source itself.
    """

    source: str
    language: str

    @property
    def path(self):
        """Where the edition stands: notebooks/fa/OwnFramework.ipynb."""
        folder, name = posixpath.split(self.source)
        return self.source if self.language == "en" else f"{folder}/{self.language}/{name}"

    @property
    def catalog(self):
        """Where its catalog stands: notebooks/po/fa/OwnFramework.po."""
        folder, name = posixpath.split(self.source)
        return f"{folder}/po/{self.language}/{Path(name).stem}.po"

    def link(self, path):
        """The relative link from this edition to `path`, a path below the course's folder."""
        return posixpath.relpath(path, posixpath.dirname(self.path))

    def relinked(self, text):
        """The English text with its relative links leading to this language, where it exists."""

        def change(match):
            if match["link"] is None:
                return match.group()  # code or a formula
            return match["mark"] + self.target(match["link"])

        return LINK.sub(change, text)

    def target(self, link):
        """The English source's `link` as it has to be in this edition."""
        if SCHEME.match(link):
            return link
        path, mark, fragment = link.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.source), path))
        path = Edition(path, self.language).path if path in [*SOURCES, *PICTURES] else path
        return self.link(path) + mark + fragment


def all_editions():
    """Every edition, the English ones first, in reading order."""
    return [Edition(source, code) for code in LANGUAGES for source in SOURCES]


def editions():
    """Every edition in another language."""
    return [edition for edition in all_editions() if edition.language != "en"]


def markdown_texts(root, source):
    """Place and text of each Markdown cell of the file `source`; of a Markdown file, its whole."""
    path = Path(root, source)
    if path.suffix == ".md":
        return [(path.name, path.read_text(encoding="utf-8"))]
    cells = nbformat.read(path, as_version=4).cells
    prose = [cell for cell in cells if cell.cell_type == "markdown"]
    return [(f"{path.name}#{cell.id}", cell.source) for cell in prose]


def source_messages(root, source):
    """Each message of the file `source` with its place, such as OwnFramework.ipynb#own-net-01.

    Raises ValueError naming the cell in which words cannot be found or offered.
    """
    found = []
    for place, text in markdown_texts(root, source):
        try:
            found += [(message, place) for message in messages(text)]
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error
    line = f"{posixpath.basename(source)}#language-line"
    return found + [(message, line) for message in (LABEL, UNREVIEWED, CORRECT)]
