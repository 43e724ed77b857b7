"""What is wrong with catalogs and editions: each problem names file, cell and what to run."""

import shutil
import subprocess
from os import devnull
from pathlib import Path

import nbformat

from . import lints, messages
from .build import build
from .editions import LINK, SCHEME, markdown_texts, source_messages
from .po import PoFile, allowed, state
from .slices import LANGUAGE_LINE, blocks

REMEDY = "make i18n"
CELL_LINK = "#cell-id="


def problem(path, place, what, remedy=f"run: {REMEDY}"):
    """A line that names the file, the cell and what to run."""
    return f"{path}: {place}: {what}; {remedy}"


def problems(root, chosen):
    """What is wrong with the catalogs of the `chosen` editions, and with these editions."""
    found = []
    for edition in chosen:
        found += catalog_problems(root, edition)
        if readable(root, edition):
            found += edition_problems(root, edition)
    return found


def readable(root, edition):
    """Whether the edition's catalog can be read."""
    try:
        PoFile.read(Path(root, edition.catalog), edition.language)
    except ValueError:
        return False
    return True


# --- Catalogs


def catalog_problems(root, edition):
    """What is wrong with one catalog."""
    if edition.language == "en":
        return []
    path = Path(root, edition.catalog)
    try:
        po = PoFile.read(path, edition.language)
    except ValueError as error:
        return [str(error).replace(str(path), edition.catalog)]
    stale = stale_messages(root, edition, po)
    return [*compiler_problems(path, edition.catalog), *stale, *sentence_problems(edition, po)]


def compiler_problems(path, name):
    """What GNU gettext's own compiler says, where it is installed."""
    if not path.exists() or not shutil.which("msgfmt"):
        return []
    command = ["msgfmt", "--check-format", "--check-domain", "-o", devnull, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return [problem(name, "msgfmt", result.stderr.strip())] if result.returncode else []


def stale_messages(root, edition, po):
    """Sentences that are new in the English or gone from it since the last `update`."""
    english = source_messages(root, edition.source)
    texts = {text for text, _ in english}
    known = {message.id: message for message in po.messages()}
    for text, place in english:
        if text not in known:
            yield problem(edition.catalog, place, f"not in the catalog: {text!r}")
    for text, message in known.items():
        if text not in texts:
            yield problem(edition.catalog, places(message), f"no longer in the English: {text!r}")
    path = Path(root, edition.catalog)
    if texts == set(known):
        fresh = PoFile.read(path, edition.language)
        fresh.update(english)
        if fresh.text() != path.read_text(encoding="utf-8"):
            yield problem(edition.catalog, "all cells", "not as `update` writes it")


def sentence_problems(edition, po):
    """What is wrong with the translations, message by message."""
    for message in po.messages():
        for what in message_problems(edition.language, message):
            line = problem(edition.catalog, places(message), what, f"mend it, then run: {REMEDY}")
            yield f"{line}\n    {message.id}\n    {message.string}"


def places(message):
    """The cells in which a message stands."""
    return ", ".join(place for place, _ in message.locations)


def message_problems(language, message):
    """What is wrong with one message of a catalog."""
    if not message.string:
        return ["not translated"]
    if message.fuzzy:
        return ["fuzzy: the English changed; mend the translation and take the mark away"]
    return lints.problems(language, message.id, message.string, allowed(message))


# --- Catalogs of the package's own messages


def label_problems(root, language):
    """What is wrong with the words in the catalog of the package's labels, hints and quizzes."""
    path = messages.path_of(Path(), language).as_posix()
    for message in PoFile.read(Path(root, path), language).messages():
        if state(message) == "translated":
            english = message.id if isinstance(message.id, str) else message.id[-1]
            texts = [message.string] if isinstance(message.string, str) else message.string
            for text in texts:
                for what in label_words(language, english, text, allowed(message)):
                    line = problem(path, places(message), what, f"mend it, then run: {REMEDY}")
                    yield f"{line}\n    {english}\n    {text}"


def label_words(language, english, text, rules):
    """What is wrong with the words of one label; {names} are filled in later."""
    english, text = (messages.PLACEHOLDER.sub("\ufffc", words) for words in (english, text))
    return lints.words(language, english, text, rules)


# --- Editions


def edition_problems(root, edition):
    """What is wrong with one edition."""
    path = Path(root, edition.path)
    if not path.exists():
        return [problem(edition.path, "all cells", "not built")]
    po = PoFile.read(Path(root, edition.catalog), edition.language)
    due, text = build(root, edition, po), path.read_text(encoding="utf-8")
    found = [*broken_links(root, edition)]
    if not any(
        block.kind == "language" for block in blocks(markdown_texts(root, edition.source)[0][1])
    ):
        found.append(problem(edition.source, "first cell", f"no paragraph {LANGUAGE_LINE!r}"))
    if path.suffix == ".md" and text != due:
        found.append(problem(edition.path, "all lines", "not as built from the catalog"))
    elif path.suffix == ".ipynb":
        found += differences(edition, nbformat.reads(due, 4), nbformat.reads(text, 4))
        if not found and text != due:
            found.append(problem(edition.path, "all cells", "not as built from the catalog"))
    return found


def differences(edition, due, found):
    """Where the notebook `found` differs from `due`, the one built from English and catalog."""
    ids, due_ids = [cell.id for cell in found.cells], [cell.id for cell in due.cells]
    for name in due_ids:
        if name not in ids:
            yield problem(edition.path, name, "this cell is missing")
    for name in ids:
        if name not in due_ids:
            yield problem(edition.path, name, "the English has no such cell")
    if sorted(ids) == sorted(due_ids) and ids != due_ids:
        name = next(mine for mine, theirs in zip(ids, due_ids, strict=True) if mine != theirs)
        yield problem(edition.path, name, "the cells stand in another order than in the English")
    cells = {cell.id: cell for cell in due.cells}
    for cell in found.cells:
        for what in cell_differences(cells.get(cell.id, cell), cell):
            yield problem(edition.path, cell.id, what)
    code = [cell for cell in found.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        if cell.execution_count != number:
            yield problem(edition.path, cell.id, "not executed")
            break


def cell_differences(due, cell):
    """How a cell differs from the one that is due."""
    if cell.cell_type != due.cell_type:
        yield f"a {cell.cell_type} cell where the English has a {due.cell_type} cell"
    elif cell.source != due.source:
        code = cell.cell_type == "code"
        yield "code differs from the English" if code else "not as built from the catalog"
    if cell.metadata != due.metadata:
        yield "tags or other metadata differ from the English"
    if cell.get("attachments") != due.get("attachments"):
        yield "attachments differ from the English"


def broken_links(root, edition):
    """Relative links of the edition that lead nowhere, and to headings, whose names change."""
    texts = markdown_texts(root, edition.path)
    cells = set()
    if edition.path.endswith(".ipynb"):
        cells = {cell.id for cell in nbformat.read(Path(root, edition.path), 4).cells}
    for place, text in texts:
        for link in filter(None, (match["link"] for match in LINK.finditer(text))):
            if leads_nowhere(Path(root, edition.path).parent, link, cells):
                cell = place.rpartition("#")[2]
                yield problem(edition.path, cell, f"link to {link}, which does not exist")


def leads_nowhere(folder, link, cells):
    """Whether a link from a file in `folder`, a notebook with these `cells`, has no target."""
    if link.startswith("#"):
        return link.removeprefix(CELL_LINK) not in cells
    return not SCHEME.match(link) and not Path(folder, link.partition("#")[0]).exists()
