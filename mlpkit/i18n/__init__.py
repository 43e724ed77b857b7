"""The message function: every text that a learner sees goes through it, so it can be translated.

`_("{name} is missing.", name=name)` looks the sentence up and fills it in; `n_("{n} step", "{n}
steps", n)` chooses the form that goes with a number; `N_("...")` only marks a sentence that is
kept in a table and looked up when it is shown. English is the source.

catalogs.py     the translations, read when the first text in another language is shown
bidi.py         numbers and formulas in right-to-left sentences
fonts/          letters for Matplotlib's pictures
errors.py       the framework's English sentences in the learner's language
locale/         fa.po, te.po, th.po: what a translator edits
messages.py     collects the texts of the package into these catalogs, and checks them
translate.py    python -m mlpkit.i18n.translate: updates, builds and checks everything translated
                (slices, directions, po, editions, build: the notebooks; lints: their sentences)
"""

import os
import sys
from pathlib import Path

from . import bidi

# For the head of the page: anywidget puts the style sheet of a widget there.
PAGE_STYLE = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
DIRECTIONS = {"en": "ltr", "fa": "rtl", "te": "ltr", "th": "ltr"}
chosen = None  # the language in use, once it is known


def _(message, **values):
    """Return the message in the learner's language, its {names} replaced by the values."""
    if not message or language() == "en":
        return message.format(**values) if values else message
    return filled(catalog().gettext(message), values)


def n_(singular, plural, n, **values):
    """Return the form of a message that goes with the number n, which fills in {n}."""
    if language() == "en":
        return (singular if n == 1 else plural).format(n=n, **values)
    # int, because gettext takes none of NumPy's whole numbers.
    return filled(catalog().ngettext(singular, plural, int(n)), {"n": n, **values})


def N_(message):
    """Mark a message for translation; return it as it is."""
    return message


def filled(text, values):
    """A translated text with its values."""
    if direction() == "ltr":
        return text.format(**values) if values else text
    values = {name: bidi.kept(value) for name, value in values.items()}
    return bidi.begun(text.format(**values) if values else text)


def catalog():
    """The catalog of the language in use."""
    from .catalogs import load  # Babel, which English does not need

    return load(language())


def language():
    """The language that messages are shown in, as HTML's `lang` names it."""
    global chosen
    if chosen is None:
        chosen = surroundings()
    return chosen


def set_language(code):
    """Show all messages from now on in "en", "fa", "te" or "th"; None: as the surroundings say."""
    global chosen
    chosen = None if code is None else known("code", code)


def direction():
    """The direction that this language is written in, as HTML's `dir` names it."""
    return DIRECTIONS[language()]


def surroundings():
    """The language of the environment, or that of the folder in which the notebook lies."""
    if code := os.environ.get("MLPKIT_LANG"):
        return known("MLPKIT_LANG", code)
    notebook = os.environ.get("JPY_SESSION_NAME", "")
    for folder in (Path(notebook).parent, Path.cwd()):
        if folder.name in DIRECTIONS:
            return folder.name
    return "en"


def known(argument, code):
    """Return the code of a language, or raise ValueError."""
    if code not in DIRECTIONS:
        raise ValueError(f"{argument}: expected one of {', '.join(DIRECTIONS)}, got {code!r}")
    return code


def speak_utf8():
    """Let a command print every language, also into a file on Windows, whose own code lacks most.

    A stream that stands in for the terminal's, and knows no encodings, stays as it is.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text):
    """Print a text; what the encoding of a file or a window lacks, as \\u2713 for a check mark."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))
