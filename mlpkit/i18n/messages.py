"""The messages of the package: collects them for the translators, and compares the translations.

A message is what the code hands to `_`, `n_` or `N_`, a text of a quiz, or a title or label that a
notebook's code hands to mlpkit.plots. The catalogs are mlpkit/i18n/locale/{fa,te,th}.po.
"""

import ast
import io
import json
import re
import tomllib
from collections import Counter
from difflib import get_close_matches
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import denormalize, read_po, write_po

from . import DIRECTIONS
from .slices import is_message

LANGUAGES = [code for code in DIRECTIONS if code != "en"]
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
COMMENT = "Translators:"  # a comment in the code that begins so is shown to translators
SHOWN_IN_QUIZZES = ("title", "text", "see", "unit", "why", "otherwise")
NAMES = {"MLPClassifier", "Net", "RMSE", "Sigmoid", "Tanh"}  # of things in the code
NOTEBOOKS = ("notebooks/*.ipynb", "lab/*.ipynb")
HEADER = """\
# Texts of the package mlpkit: labels, messages, hints, alternative texts, quizzes.
# English is the source. CONTRIBUTING.md says how to mend a sentence.
msgid ""
msgstr ""
"Project-Id-Version: mlpkit\\n"
"Report-Msgid-Bugs-To: \\n"
"PO-Revision-Date: 2026-11-21 12:00+0000\\n"
"Last-Translator: the mlpkit authors\\n"
"Language: {language}\\n"
"Language-Team: the mlpkit authors\\n"
"Plural-Forms: {plural_forms};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Review: not reviewed by a native speaker\\n"

"""
PLACEHOLDER = re.compile(r"\{(\w*)\}")


# --- The messages in English


def found(root):
    """Each message once, as {id: Message}, in the order of the files; ids of n_ are pairs."""
    messages = {}
    for path, text, comments in every_text(Path(root)):
        if not is_offered(text):
            continue
        message = messages.setdefault(text, Message(text))
        message.locations.append((path.relative_to(root).as_posix(), 0))
        message.auto_comments += comments
    for message in messages.values():
        message.locations = list(dict.fromkeys(message.locations))
        message.flags = set(flags(message))
    return messages


def is_offered(text):
    """Whether a text, or a pair for one and many, has anything to translate."""
    if isinstance(text, tuple) or PLACEHOLDER.search(text) or not re.search(r"\w", text):
        return True
    return is_message(text) and not NAMES.issuperset(re.findall(r"\w+", text))


def every_text(root):
    """(file, text or pair, comments for translators) of all texts, with repetitions."""
    for path in sorted(root.glob("mlpkit/**/*.py")):
        for _line, text, comments, _context in extract_from_file(
            "python", path, KEYWORDS, [COMMENT], strip_comment_tags=True
        ):
            yield path, text, comments
    for path in sorted(root.glob("mlpkit/quizzes/*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for text in quiz_texts(table):
            yield path, text, []
    for pattern in NOTEBOOKS:
        for path in sorted(root.glob(pattern)):
            for text in notebook_texts(path):
                yield path, text, []


def quiz_texts(table):
    """The texts of a table of a quiz file, and of the tables in it."""
    for field, value in table.items():
        if isinstance(value, list):
            for inner in value:
                yield from quiz_texts(inner)
        elif field in SHOWN_IN_QUIZZES:
            yield value.strip()


def flags(message):
    """What msgfmt shall compare: {names}, if all braces of the message are such names."""
    texts = [message.id] if isinstance(message.id, str) else message.id
    for text in texts:
        rest = PLACEHOLDER.sub("", text)
        if rest != text and not set("{}") & set(rest):
            yield "python-brace-format"


# --- Titles and labels in the code of notebooks


def notebook_texts(path):
    """The titles and labels that the code cells of a notebook hand to mlpkit.plots."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and "plots." in source:
            yield from code_texts(ast.parse(source))


def code_texts(tree):
    """Arguments of plots' functions, and the names of lines and bars: keys of dicts."""
    options = {k.value.id for k in keywords(tree) if k.arg is None and is_name(k.value)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and of_plots(node):
            yield from strings([*node.args, *(k.value for k in node.keywords)])
        elif isinstance(node, ast.Assign) and not options & set(map(name_of, node.targets)):
            yield from keys_in(node)
        elif isinstance(node, ast.For):
            rows = [row for row in getattr(node.iter, "elts", []) if isinstance(row, ast.Tuple)]
            yield from strings(row.elts[0] for row in rows)


def keywords(tree):
    """All keyword arguments in a piece of code."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.keyword)]


def of_plots(call):
    """Whether a call is one of mlpkit.plots."""
    return isinstance(call.func, ast.Attribute) and name_of(call.func.value) == "plots"


def is_name(node):
    return isinstance(node, ast.Name)


def name_of(node):
    """The name that a node is, or None."""
    return getattr(node, "id", None)


def keys_in(assignment):
    """The keys of dicts on the right, and of a key that is assigned to, on the left."""
    for node in ast.walk(assignment.value):
        if isinstance(node, ast.Dict):
            yield from strings(node.keys)
    yield from strings(t.slice for t in assignment.targets if isinstance(t, ast.Subscript))


def strings(nodes):
    """The texts among these nodes."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


# --- The catalogs


def path_of(root, language):
    """The catalog of a language."""
    return Path(root, "mlpkit", "i18n", "locale", f"{language}.po")


def update(root):
    """Bring the catalogs up to date with the code; return the names of those that changed."""
    changed = []
    for language in LANGUAGES:
        path, text = path_of(root, language), updated(root, language)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(path_of("", language).as_posix())
    return changed


def updated(root, language):
    """The text of a language's catalog as it should be: header and translations stay."""
    path = path_of(root, language)
    old = read(path, language) if path.exists() else Catalog(language)
    new = Catalog(language)
    for message in merged(old, found(root)):
        new[message.id] = message
    if path.exists():
        header = path.read_text(encoding="utf-8").partition("\n\n")[0] + "\n\n"
    else:
        header = HEADER.format(language=language, plural_forms=new.plural_forms.rstrip(";"))
    return header + body(new)


def read(path, language):
    """Babel's catalog of a PO file, with the English that a fuzzy message had before."""
    text = path.read_text(encoding="utf-8")
    catalog = read_po(io.StringIO(text), locale=language, abort_invalid=True)
    for message in catalog:
        # Babel writes what the English was as "#| msgid ...", but reads it as a comment.
        former = [line[1:].strip() for line in message.user_comments if line.startswith("|")]
        message.user_comments = [line for line in message.user_comments if line[:1] != "|"]
        parts = re.split(r"msgid(?:_plural)? (?=\")", " ".join(former))
        message.previous_id = [denormalize(part.strip()) for part in parts[1:]]
    return catalog


def merged(old, messages):
    """The messages with what was translated; one whose English has changed becomes fuzzy."""
    lost = {str(m.id): m for m in old if m.id and m.string and m.id not in messages}
    for message in messages.values():
        former = old.get(message.id)
        if former is not None:
            message.string, message.previous_id = former.string, former.previous_id
            message.user_comments = former.user_comments
            message.flags |= former.flags & {"fuzzy"}
        elif close := get_close_matches(str(message.id), lost, 1):
            take_over(message, lost.pop(close[0]))
        yield message


def take_over(message, former):
    """Keep the translation of the sentence that stood here before, as fuzzy."""
    if isinstance(message.id, tuple) != isinstance(former.id, tuple):
        return
    message.string, message.user_comments = former.string, former.user_comments
    message.previous_id = [former.id] if isinstance(former.id, str) else list(former.id)
    message.flags.add("fuzzy")


def body(catalog):
    """The messages of a catalog as PO, one line for each text, without the header."""
    file = io.BytesIO()
    write_po(file, catalog, width=0, omit_header=True, include_previous=True, include_lineno=False)
    return file.getvalue().decode("utf-8").rstrip("\n") + "\n"


def stats(root):
    """(catalog, translated, fuzzy, untranslated) of each catalog."""
    return [(f"{path_of('', code).as_posix()}", *counted(root, code)) for code in LANGUAGES]


def counted(root, language):
    """How many messages of a catalog are translated, fuzzy, and neither."""
    states = Counter(map(state, (m for m in read(path_of(root, language), language) if m.id)))
    return tuple(states[name] for name in ("translated", "fuzzy", "untranslated"))


def state(message):
    """translated, fuzzy or untranslated."""
    strings = [message.string] if isinstance(message.string, str) else message.string
    if not all(strings):
        return "untranslated"
    return "fuzzy" if message.fuzzy else "translated"


# --- What is wrong with the translations


def check(root):
    """The problems of the catalogs, each naming the file, the message and what was expected."""
    problems = []
    for language in LANGUAGES:
        path = path_of(root, language)
        name = path.relative_to(root).as_posix()
        if not path.exists() or path.read_text(encoding="utf-8") != updated(root, language):
            problems.append(f"{name}: not up to date with the code: make i18n")
        if path.exists():
            problems += check_catalog(name, read(path, language))
    return problems


def check_catalog(name, catalog):
    """The problems of one catalog."""
    return [
        f"{name}: {str(message.id)[:60]!r}: {problem}"
        for message in catalog
        if message.id
        for problem in wrong(message)
    ]


def wrong(message):
    """What is wrong with a translation."""
    if state(message) != "translated":
        yield state(message)
        return
    singular = message.id if isinstance(message.id, str) else message.id[1]
    for text in [message.string] if isinstance(message.string, str) else message.string:
        here, there = marks(singular), marks(text)
        for mark in sorted((here - there) + (there - here)):
            yield f"{mark}: {here[mark]} in English, {there[mark]} in the translation"
        if singular.endswith("\n") != text.endswith("\n"):
            yield "line break at the end: expected as in English"


MARK = re.compile(
    r"`[^`]+`|\$[^$]+\$|(?<=\])\(https?://[^)\s]+\)|\{\w*\}|\*\*(?=[^\s*])|(?<=[^\s*])\*\*|\n"
)


def marks(text):
    """How often each placeholder, code, formula, link, bold mark and line break is in a text."""
    return Counter(MARK.findall(text))
