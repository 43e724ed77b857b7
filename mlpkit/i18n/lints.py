"""What a translated sentence has to be: the same formulas, the right letters, the right terms.

`problems` runs every rule, `words` those that have nothing to do with Markdown.
"""

import csv
import functools
import re
import unicodedata
from collections import Counter
from importlib.resources import files

from .slices import CODE, MARKDOWN, MATH, TAG, TARGET, is_message, words_alone

LETTERS = {"fa": "\u0600-\u06ff", "te": "\u0c00-\u0c7f", "th": "\u0e00-\u0e7f"}
SCRIPTS = {"fa": "Persian", "te": "Telugu", "th": "Thai"}
ZWNJ = "\u200c"
WORKS = re.compile(r"\[[^\]]*\]\(https?:[^)]*\)")
TITLE = re.compile(r'\b(title|alt)="([^"]*)"')


def problems(language, message, translation, allowed=()):
    """What is wrong with the translation of `message`, as sentences.

    `allowed` names the glossary terms and the rule `script` that this sentence may break.
    """
    marks = [*markup(message, translation), *structure(message, translation)]
    return marks + words(language, message, translation, allowed)


def words(language, message, translation, allowed=()):
    """What is wrong with the words of a translation, be it Markdown or the label of a button."""
    found = []
    if "script" not in allowed:
        found += script(language, message, translation)
    if language == "fa":
        found += persian(translation)
    found += glossary(language, message, translation, allowed)
    return found


# --- The same formulas, code, links and tags


def parts(text):
    """What a translation repeats unchanged, counted by kind: formula, code, link target, tag."""
    code = CODE.findall(text)
    text = CODE.sub(" ", text)
    formulas = MATH.findall(text)
    text = MATH.sub(" ", text)
    tags = [TITLE.sub(r"\1", tag) for tag in TAG.findall(text)]
    kinds = {"formula": formulas, "code": code, "link": TARGET.findall(text), "tag": tags}
    return {kind: Counter(found) for kind, found in kinds.items()}


def markup(message, translation):
    """Formulas, code spans, link targets and tags are the same, in any order."""
    ours = parts(translation)
    for kind, theirs in parts(message).items():
        for text in (theirs - ours[kind]).elements():
            yield f"{kind} missing: {text}"
        for text in (ours[kind] - theirs).elements():
            yield f"{kind} not in the English sentence: {text}"


def rendered(text):
    """The kinds of the tokens of a sentence, and the text that is left as letters."""
    tokens = MARKDOWN.parseInline(text)[0].children
    left = "".join(token.content for token in tokens if token.type == "text")
    return [token.type for token in tokens], left


def structure(message, translation):
    """One line that stays one block, in which every mark does its work."""
    if "\n" in translation:
        yield "a line break; a message is one line"
    if translation != translation.strip():
        yield "a space at the beginning or at the end"
    if blocks_of(translation) not in (blocks_of(message), blocks_of("a")):
        yield "begins like another kind of block (list, heading, quote)"
    (ours, left), (theirs, english) = rendered(translation), rendered(message)
    for mark in ("*", "`", "$", "]("):
        if left.count(mark) > english.count(mark):
            yield f"{mark} is shown as it stands; a bold or code mark needs a space or a partner"
    for kind, name in (("strong_open", "bold"), ("em_open", "emphasized")):
        if theirs.count(kind) and not ours.count(kind):
            yield f"nothing is {name}, unlike in the English sentence"


def blocks_of(text):
    """The kinds of blocks that the text becomes when it stands alone."""
    return [token.type for token in MARKDOWN.parse(text)]


# --- The right letters


def script(language, message, translation):
    """Letters of the own script, and of neither other one."""
    for other, letters in LETTERS.items():
        if other != language and (found := re.search(f"[{letters}]", translation)):
            yield f"{SCRIPTS[other]} letter {found.group()!r}"
    own = re.compile(f"[{LETTERS[language]}]")
    if is_message(message) and not is_reference(message) and not own.search(translation):
        yield f"no {SCRIPTS[language]} letter (a sentence of names only: comment # script-ok)"
    for _, title in TITLE.findall(translation):
        if is_message(title) and not own.search(title):
            yield f"the text under the pointer is not translated: {title!r}"


def is_reference(message):
    """Whether the sentence is names and the title of a work elsewhere: Nielsen, [title](https:)."""
    words = re.findall(r"[^\W\d_]{2,}", words_alone(WORKS.sub(" ", message)))
    return bool(WORKS.search(message)) and all(
        word[0].isupper() or word in ("et", "al") for word in words
    )


VERBS = (
    "شو|کن|گوی|گیر|رو|آی|خواه|توان|باش|رس|ساز|بین|افت|آور|گذار|یاب|نویس|خوان|"
    "دهد|دهی|دهن|دانی|داند|زند|زنی|برد|بری|ماند|خورد"
)
FA = "آ-غف-هپچژکگیء-ئ"
NOT_PLURAL = "تنها|انتها|منتها|اشتها|آنها|اینها|بها|رها"
PERSIAN = [
    (r"[يكى]", "Arabic letter, not Persian ی or ک"),
    (r"[٠-٩]", "Arabic digit, not Persian"),
    (rf"(?<!\w)ن?می +(?=[{FA}])", "space after می, not a half-space (U+200C)"),
    (rf"(?<![\w{ZWNJ}])ن?می(?:{VERBS})", "می joined to its verb, without a half-space (U+200C)"),
    (
        rf"(?<=[{FA}]) ها(?:ی|یی|یم|یت|یش|یمان|یتان|یشان)?(?!\w)",
        "space before ها, not a half-space (U+200C)",
    ),
    (
        rf"(?<!\w)(?!(?:{NOT_PLURAL}))\w*[{FA}](?<![اآدذرزژو])ها(?:ی|یی|یمان|یتان|یشان)?(?!\w)",
        "ها joined to its word, without a half-space (U+200C)",
    ),
    (rf"[{FA}{ZWNJ}»)][,;?]|[,;?] ?[{FA}]", "ASCII , ; ? beside Persian letters (، ؛ ؟)"),
    (rf'"[^"]*[{FA}][^"]*"', "ASCII quotation marks around Persian words (« »)"),
]


def persian(translation):
    """Persian letters, half-spaces and punctuation; what a right-to-left line turns around."""
    text = re.sub(
        r" {2,}", " \ufffc ", words_alone(CODE.sub("\ufffc", MATH.sub("\ufffc", translation)))
    )
    for pattern, what in PERSIAN:
        if found := re.search(pattern, text):
            yield f"{what}: {found.group()!r}"


# --- The right terms


class Term:
    """An English term with its renderings, by language; settled in some languages."""

    def __init__(self, row):
        self.name = row["English"]
        names = [name.strip() for name in re.sub(r"\(.*?\)", "", self.name).split(",")]
        names = [name.removeprefix("to ") for name in names]
        self.pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(inflected, names))})(?![\w-])", re.I
        )
        self.renderings = {code: row[name] for code, name in SCRIPTS.items()}

    def settled(self, language):
        """Whether the term has one rendering that is used everywhere."""
        return "*" in self.renderings[language]

    def allowed(self, language):
        """The rendering and its alternatives in brackets."""
        first, *others = re.split(r"[()]", self.renderings[language].replace("*", ""))
        return [text.strip() for text in (first, *others) if text.strip()]


def inflected(name):
    """A pattern for the English term `name`, its plural and its verb forms in -s and -d."""
    if name.endswith("y"):
        return f"{re.escape(name[:-1])}(?:y|ies)"
    if name.endswith("ix"):
        return f"{re.escape(name[:-2])}(?:ix|ices)"
    return re.escape(name).replace(r"\ ", "[ -]") + "(?:s|es|d)?"


@functools.cache
def terms():
    """The glossary, longest term first."""
    text = files("mlpkit.i18n").joinpath("glossary.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    return sorted(map(Term, rows), key=lambda term: -len(term.name))


def glossary(language, message, translation, allowed):
    """Each settled term of the English sentence has its rendering in the translation."""
    english = words_alone(WORKS.sub(" ", message))
    found = compact(translation)
    for term in terms():
        english, count = term.pattern.subn(" ", english)
        if not count or not term.settled(language) or term.name in allowed:
            continue
        if not any(is_said(rendering, found) for rendering in term.allowed(language)):
            rendering = term.renderings[language]
            yield f"{term.name!r} is {rendering!r} (or comment # glossary-ok: {term.name})"


def is_said(rendering, found):
    """Whether the stem of each word of the rendering stands in the compact text `found`."""
    return all(stem(word) in found for word in re.split(r"[ -]", rendering))


# Arabic and Persian forms of a letter, and the two l of Telugu, which plurals exchange.
ONE_LETTER = str.maketrans("يكళ", "یکల")


def compact(text):
    """The text in small letters without spaces, joiners, hyphens, vowel marks of Arabic script."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = text.translate(ONE_LETTER)
    return re.sub(rf"[\s{ZWNJ}\u200d\u064b-\u0652\u0654*_-]", "", text)


def stem(word):
    """The word without what inflection changes: in Telugu its last vowel or consonant sign."""
    word = compact(word)
    if re.search(f"[{LETTERS['te']}]", word) and len(word) > 3:
        word = re.sub(r"[\u0c01-\u0c03\u0c3e-\u0c4d]+$", "", word)
    return word
