"""Keep the catalogs and the editions in other languages up to date with the English.

update: take new and changed English sentences into the catalogs, such as notebooks/po/fa/*.po
build: write the editions, such as notebooks/fa/*.ipynb, from the English and the catalogs
check: tell what is wrong with catalogs and editions, or with the catalogs that are named
stats: count what is translated
"""

import argparse
import sys
from pathlib import Path

from . import check, messages, speak_utf8
from .build import build
from .editions import all_editions, editions, source_messages
from .po import PoFile

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "python -m mlpkit.i18n.translate"


def write(path, text):
    """Write `text` to the file `path` if it differs; return whether it did."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return True


def update_all(root):
    """Bring every catalog up to date with the English; return the names of those that changed."""
    changed = []
    for edition in editions():
        path = Path(root, edition.catalog)
        po = PoFile.read(path, edition.language)
        po.update(source_messages(root, edition.source))
        if write(path, po.text()):
            changed.append(edition.catalog)
    return changed + messages.update(root)


def build_all(root):
    """Write every edition; return the names of those that changed."""
    changed = []
    for edition in all_editions():
        po = PoFile.read(Path(root, edition.catalog), edition.language)
        if write(Path(root, edition.path), build(root, edition, po)):
            changed.append(edition.path)
    return changed


def check_all(root, catalogs=()):
    """The problems of the whole course in `root`, or of the catalogs that are named."""
    labels = {messages.path_of(Path(), code).as_posix(): code for code in messages.LANGUAGES}
    known = {edition.catalog: edition for edition in editions()}
    if unknown := [name for name in catalogs if name not in {*known, *labels}]:
        known_names = ", ".join([*known, *labels])
        raise ValueError(f"not a catalog: {unknown[0]}; expected one of: {known_names}")
    if catalogs:
        found = [line for line in messages.check(root) if line.startswith(tuple(catalogs))]
    else:
        found = messages.check(root) + check.problems(root, all_editions())
    for name in catalogs or labels:
        if name in labels:
            found += check.label_problems(root, labels[name])
        else:
            found += check.catalog_problems(root, known[name])
    return found


def stats(root):
    """Name, translated, fuzzy and untranslated messages of each catalog."""
    catalogs = [(edition.catalog, edition.language) for edition in editions()]
    catalogs += [(messages.path_of("", code).as_posix(), code) for code in messages.LANGUAGES]
    return [(name, *PoFile.read(Path(root, name), code).counted()) for name, code in catalogs]


def main():
    """Run one of the commands; end with status 1 if `check` finds a problem."""
    speak_utf8()
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["update", "build", "check", "stats"])
    parser.add_argument("catalogs", nargs="*", help="for check, such as lab/po/fa/README.po")
    options = parser.parse_args()
    try:
        sys.exit(run(options.command, options.catalogs))
    except ValueError as error:
        sys.exit(str(error))


def run(command, catalogs):
    """Run one command, print what it found or did, and return the status to end with."""
    if command == "stats":
        for name, translated, fuzzy, empty in stats(ROOT):
            print(f"{name}: {translated} translated, {fuzzy} fuzzy, {empty} untranslated")
        return 0
    if command == "check":
        names = [Path(name).resolve().relative_to(ROOT).as_posix() for name in catalogs]
        found = check_all(ROOT, names)
        print("\n".join([*found, f"{len(found)} problems"]))
        return int(bool(found))
    changed = update_all(ROOT) if command == "update" else build_all(ROOT)
    print("\n".join([*changed, f"{len(changed)} files changed"]))
    return 0


if __name__ == "__main__":
    main()
