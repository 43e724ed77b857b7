"""A language for tests: every Latin letter of a message becomes a Cyrillic one.

So what is still in Latin letters has not gone through the message function, whether it stands by
itself or as a value inside a message. Placeholders, code, formulas and links stay, as in any
translation.
"""

import re
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from mlpkit import i18n
from mlpkit.i18n import catalogs, messages

ROOT = Path(__file__).resolve().parents[1]
STAYS = re.compile(r"\{\w*\}|`[^`]*`|\$[^$]*\$|(?<=\])\([^)]*\)|\\u200[ef]")
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "абцдефгхийклмнопярстувшщызАБЦДЕФГХИЙКЛМНОПЯРСТУВШЩЫЗ",
)


def written(text):
    """A message in the language of the tests."""
    if isinstance(text, tuple):
        return tuple(map(written, text))
    parts, kept = STAYS.split(text), [*STAYS.findall(text), ""]
    return "".join(p.translate(LETTERS) + k for p, k in zip(parts, kept, strict=True))


@cache
def found():
    """All messages of the package and the notebooks, {id: Message}."""
    return messages.found(ROOT)


@cache
def catalog():
    """All messages in the language of the tests, as gettext has them."""
    made = Catalog("te")
    for message in found().values():
        if message.id not in made:
            made.add(message.id, written(message.id))
    return catalogs.compiled(made)


def use(monkeypatch):
    """Show all texts in the language of the tests, in place of Telugu."""
    monkeypatch.setitem(catalogs.loaded, "te", catalog())
    monkeypatch.setattr(i18n, "chosen", "te")
