"""Bring catalogs and translated editions up to date: update | build | check | stats.

update: take new and changed English sentences into the catalogs (notebooks/po/fa/*.po).
check: tell what is wrong with the catalogs, or with those that are named.
stats: count what is translated.
"""

import argparse
import sys
from pathlib import Path

from mlpkit.i18n import lints
from mlpkit.i18n.editions import editions, source_messages
from mlpkit.i18n.po import PoFile, allowed

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "python -m mlpkit.i18n.translate"


def updated(root, edition):
    """The edition's catalog as `update` writes it."""
    po = PoFile.read(Path(root, edition.catalog), edition.language)
    po.update(source_messages(root, edition.source))
    return po


def write(path, text):
    """Write `text` to the file `path`, where it differs; return whether it did."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def update(root):
    """Bring every catalog up to date with the English; return the paths that changed."""
    texts = {edition.catalog: updated(root, edition).text() for edition in editions()}
    return [path for path, text in texts.items() if write(Path(root, path), text)]


def catalog_problems(root, edition):
    """What is wrong with the edition's catalog, message by message."""
    po = PoFile.read(Path(root, edition.catalog), edition.language)
    for message in po.messages():
        place = ", ".join(name for name, _ in message.locations)
        for what in message_problems(edition.language, message):
            yield f"{edition.catalog}: {place}: {what}\n    {message.id}\n    {message.string}"


def message_problems(language, message):
    """What is wrong with one message of a catalog."""
    if not message.string:
        return ["not translated"]
    if message.fuzzy:
        return ["fuzzy: the English changed; mend the translation and take the mark away"]
    return lints.problems(language, message.id, message.string, allowed(message))


def check(root, catalogs=None):
    """The problems of all editions, or of those whose catalogs are named."""
    chosen = [edition for edition in editions() if not catalogs or edition.catalog in catalogs]
    return [problem for edition in chosen for problem in catalog_problems(root, edition)]


def stats(root):
    """Catalog, translated, fuzzy, untranslated for every edition."""
    rows = []
    for edition in editions():
        found = PoFile.read(Path(root, edition.catalog), edition.language).messages()
        fuzzy = sum(message.fuzzy for message in found)
        empty = sum(not message.string for message in found)
        rows.append((edition.catalog, len(found) - fuzzy - empty, fuzzy, empty))
    return rows


def main():
    """Run one of the commands; end with status 1 where `check` finds a problem."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__.splitlines()[0])
    parser.add_argument("command", choices=["update", "check", "stats"])
    parser.add_argument(
        "catalogs", nargs="*", help="for check: catalogs such as lab/po/fa/README.po"
    )
    options = parser.parse_args()
    if options.command == "update":
        print("\n".join(update(ROOT)) or "every catalog is up to date")
    elif options.command == "stats":
        for name, translated, fuzzy, empty in stats(ROOT):
            print(f"{name}: {translated} translated, {fuzzy} fuzzy, {empty} untranslated")
    else:
        named = [Path(name).resolve().relative_to(ROOT).as_posix() for name in options.catalogs]
        found = check(ROOT, named)
        print("\n".join([*found, f"{len(found)} problems"]))
        sys.exit(bool(found))


if __name__ == "__main__":
    main()
