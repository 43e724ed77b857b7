"""The translations of the messages: a PO file becomes a catalog of the standard library's gettext.

There are no compiled files to keep up to date: a catalog is compiled in memory.
"""

import gettext
import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent / "locale"
loaded = {}  # language -> catalog


def load(language):
    """The catalog of a language. What is fuzzy or not translated comes out in English."""
    if language not in loaded:
        with open(FOLDER / f"{language}.po", "rb") as file:
            loaded[language] = compiled(read_po(file, locale=language))
    return loaded[language]


def compiled(catalog):
    """Babel's catalog as one of gettext."""
    file = io.BytesIO()
    write_mo(file, catalog)
    file.seek(0)
    return gettext.GNUTranslations(file)
