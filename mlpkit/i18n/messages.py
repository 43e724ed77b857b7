"""The messages of the package: collects them for the translators, and compares the translations.

A message is what the code of the package or of the lab hands to `_`, `n_` or `N_`, a text of a
quiz, or a title or label that the code of a notebook hands to mlpkit.plots. The catalogs are
mlpkit/i18n/locale/{fa,te,th}.po.
"""

import ast
import json
import re
import tomllib
from collections import Counter
from difflib import get_close_matches
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file

from . import DIRECTIONS
from .lints import markup
from .po import PoFile, state
from .slices import CODE, MATH, is_message

LANGUAGES = [code for code in DIRECTIONS if code != "en"]
KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
COMMENT = "Translators:"  # a comment in the code that begins so is shown to translators
SHOWN_IN_QUIZZES = ("title", "text", "see", "unit", "why", "otherwise")
NAMES = {"MLPClassifier", "Net", "RMSE", "Sigmoid", "Tanh"}  # of things in the code
NOTEBOOKS = ("notebooks/*.ipynb", "lab/*.ipynb")
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
    for path in sorted([*root.glob("mlpkit/**/*.py"), *root.glob("lab/*.py")]):
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
    po = PoFile.read(path_of(root, language), language)
    new = Catalog(language)
    for message in merged(po.catalog, found(root)):
        new[message.id] = message
    return PoFile(po.header, new).text()


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
            problems += check_catalog(name, PoFile.read(path, language))
    return problems


def check_catalog(name, po):
    """The problems of one catalog."""
    return [
        f"{name}: {str(message.id)[:60]!r}: {problem}"
        for message in po.messages()
        for problem in wrong(message)
    ]


def wrong(message):
    """What is wrong with a translation."""
    if state(message) != "translated":
        yield state(message)
        return
    singular = message.id if isinstance(message.id, str) else message.id[1]
    for text in [message.string] if isinstance(message.string, str) else message.string:
        yield from markup(singular, text)
        here, there = marks(singular), marks(text)
        for mark in sorted((here - there) + (there - here)):
            yield f"{mark!r}: {here[mark]} in English, {there[mark]} in the translation"
        if singular.endswith("\n") != text.endswith("\n"):
            yield "line break at the end: expected as in English"


MARK = re.compile(r"\{\w*\}|\*\*(?=[^\s*])|(?<=[^\s*])\*\*|\n")


def marks(text):
    """How often each placeholder, bold mark and line break is in a text outside its code."""
    return Counter(MARK.findall(MATH.sub(" ", CODE.sub(" ", text))))
