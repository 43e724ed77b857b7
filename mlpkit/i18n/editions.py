"""Which files are translated, where their catalogs and editions stand, which messages they hold."""

from pathlib import Path
from typing import NamedTuple

import nbformat

from mlpkit.i18n.slices import messages

SOURCES = [
    "notebooks/OwnFramework.ipynb",
    "notebooks/GradientDescent.ipynb",
    "notebooks/Backpropagation.ipynb",
    "lab/MyFW_MNIST.ipynb",
    "lab/README.md",
]
LANGUAGES = ["fa", "te", "th"]
# What the generated line of each edition says besides the names of the languages.
LINE = [
    "Language:",
    "This translation has not been reviewed by a native speaker.",
    "Correct a sentence",
]


class Edition(NamedTuple):
    """One source in one language: `source` is its path below the course's folder."""

    source: str
    language: str

    @property
    def path(self):
        """Where the edition is built: notebooks/fa/OwnFramework.ipynb."""
        folder, name = self.source.rsplit("/", 1)
        return f"{folder}/{self.language}/{name}"

    @property
    def catalog(self):
        """Where its catalog stands: notebooks/po/fa/OwnFramework.po."""
        folder, name = self.source.rsplit("/", 1)
        return f"{folder}/po/{self.language}/{Path(name).stem}.po"


def editions():
    """Every edition, in reading order."""
    return [Edition(source, language) for language in LANGUAGES for source in SOURCES]


def markdown_texts(root, source):
    """Place and text of each Markdown cell of the file `source`; of a Markdown file, its whole."""
    path = Path(root, source)
    if path.suffix == ".md":
        return [(path.name, path.read_text(encoding="utf-8"))]
    cells = nbformat.read(path, as_version=4).cells
    return [
        (f"{path.name}#{cell.id}", cell.source) for cell in cells if cell.cell_type == "markdown"
    ]


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
    name = Path(source).name
    return found + [(message, f"{name}#language-line") for message in LINE]
