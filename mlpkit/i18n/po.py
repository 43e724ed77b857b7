"""PO catalogs: read, brought up to date with the English, written the same every time.

Babel reads and matches; the header is kept as its people wrote it, which Babel does not.
"""

import io
import re
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import denormalize, read_po, write_po

REVIEW = "not reviewed by a native speaker"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: mlpkit\\n"
"Language: {language}\\n"
"Plural-Forms: {plural_forms};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Review: {review}\\n"
"""
# A comment, nothing, or a text in quotation marks; Babel loses what is written otherwise.
LINE = re.compile(r'#.*|\s*|(?:msg(?:id|str|ctxt|id_plural|str\[\d\]) )?"(?:[^"\\]|\\.)*"\s*')
BRACES = {"python-format", "python-brace-format"}  # LaTeX looks like both


class PoFile:
    """A catalog with its header as text.

    header: str, the first entry as it stands in the file.
    catalog: babel Catalog, the messages.
    """

    def __init__(self, header, catalog):
        self.header, self.catalog = header, catalog

    @classmethod
    def read(cls, path, language):
        """The catalog in the file `path`; a new, empty one where there is none.

        Raises ValueError, naming file and line, for a file that is not written as PO.
        """
        if not Path(path).exists():
            catalog = Catalog(language)
            forms = catalog.plural_forms.rstrip(";")
            header = HEADER.format(language=language, plural_forms=forms, review=REVIEW)
            return cls(header, catalog)
        text = Path(path).read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if not LINE.fullmatch(line):
                raise ValueError(
                    f"{path}: line {number}: not written as PO: {line!r}; mend the file"
                )
        catalog = read_po(io.StringIO(text), locale=language, abort_invalid=True)
        if len(re.findall(r"(?m)^msgid ", text)) != len(catalog) + 1:
            raise ValueError(f"{path}: all lines: an English sentence stands twice; mend the file")
        without_brace_flags(catalog)
        with_former_english(catalog)
        return cls(text.partition("\n\n")[0] + "\n", catalog)

    @property
    def review(self):
        """The state of review that the header tells, or None."""
        for line in self.header.splitlines():
            if line.startswith('"X-Review: '):
                return line.removeprefix('"X-Review: ').removesuffix('\\n"')
        return None

    def messages(self):
        """The messages that are in use, in order."""
        return [message for message in self.catalog if message.id]

    def translations(self):
        """The sentences that may be shown: English to translation, without what is fuzzy."""
        ready = [message for message in self.messages() if state(message) == "translated"]
        return {message.id: message.string for message in ready}

    def counted(self):
        """How many messages are translated, fuzzy and untranslated."""
        states = Counter(map(state, self.messages()))
        return tuple(states[name] for name in ("translated", "fuzzy", "untranslated"))

    def update(self, found):
        """Take the messages `found`, pairs of text and place; a changed sentence becomes fuzzy."""
        template = Catalog()
        for text, place in found:
            template.add(text, locations=[(place, None)])
        former = {message.id: message.previous_id for message in self.messages()}
        self.catalog.update(template)
        for message in self.messages():  # Babel forgets what a sentence was that stays fuzzy
            message.previous_id = message.previous_id or former.get(message.id, [])
        without_brace_flags(self.catalog)

    def text(self):
        """The file's text: the header, then the messages, each on one line, in reading order."""
        buffer = io.BytesIO()
        options = {"omit_header": True, "include_previous": True, "include_lineno": False}
        write_po(buffer, self.catalog, width=0, **options)
        return f"{self.header}\n{buffer.getvalue().decode('utf-8').strip()}\n"


def without_brace_flags(catalog):
    """Take from each message the marks that call a formula's braces a format."""
    for message in catalog:
        message.flags -= BRACES


def with_former_english(catalog):
    """Give each fuzzy message the English that it had: Babel writes it, but reads a comment."""
    for message in catalog:
        former = [line[1:].strip() for line in message.user_comments if line.startswith("|")]
        message.user_comments = [line for line in message.user_comments if line[:1] != "|"]
        parts = re.split(r"msgid(?:_plural)? (?=\")", " ".join(former))
        message.previous_id = [denormalize(part.strip()) for part in parts[1:]]


def state(message):
    """translated, fuzzy or untranslated."""
    strings = [message.string] if isinstance(message.string, str) else message.string
    if not all(strings):
        return "untranslated"
    return "fuzzy" if message.fuzzy else "translated"


def allowed(message):
    """The rules that the comments of a message set aside: `# glossary-ok: term`, `# script-ok`."""
    comments = [comment.strip() for comment in message.user_comments]
    terms = {text.partition(":")[2].strip() for text in comments if text.startswith("glossary-ok:")}
    return terms | ({"script"} if "script-ok" in comments else set())
