"""my_course: the learner's own copies of the lessons, which an update of the course leaves alone.

A copy in which no cell was changed follows its lesson; if it was run, the former one is kept beside
it. A changed copy is never touched: the newer lesson is laid beside it. What was laid is noted in
NOTES, after it was laid: an end between the two loses nothing, because a copy without a note counts
as the learner's own.
"""

import json
import subprocess
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path, PurePosixPath

from ..files.replacing import write
from ..i18n import N_, _
from .links import moved, moved_notebook

PLACE = "my_course"
FOLDERS = ("notebooks", "lab")
SUFFIXES = {".ipynb", ".md", ".png", ".svg"}
NOTES = ".laid.json"
NEW, FORMER = "new", "former"  # in file names, the same in all languages
WORK = 1  # place of the second digest


def lay_all(root):
    """Bring the copies in `root` up to date; return what the learner has to know, in sentences.

    The copy of a damaged lesson stays as it is. Raises OSError if the copies cannot be written.
    """
    root, news, damaged = Path(root), {}, []
    desk, names = Desk(root / PLACE), lessons(root)
    changed = changed_in_place(root)
    for name in names:
        data = content_for_copy(root, name, set(names))
        if data is None:
            changed.discard(name)  # its changes are in no copy
            damaged.append(name)
            continue
        news.setdefault(desk.lay(name, data, name not in changed), []).append(name)
    return [*sentences(news), *warnings(changed, damaged)]


def lessons(root):
    """The names of the files to copy, as seen from `root`: lessons, texts, pictures."""
    paths = [path for folder in FOLDERS for path in Path(root, folder).rglob("*")]
    names = [path.relative_to(root) for path in paths if path.suffix in SUFFIXES]
    return sorted(n.as_posix() for n in names if not any(p.startswith(".") for p in n.parts))


def content_for_copy(root, name, copied):
    """The bytes of the copy of a lesson: links lead where they led before.

    None if it is damaged: no notebook, such as one with the marks of a merge conflict, or no text.
    """
    data = Path(root, name).read_bytes()
    if not name.endswith((".ipynb", ".md")):
        return data
    convert = moved_notebook if name.endswith(".ipynb") else moved
    with suppress(ValueError, KeyError, TypeError):
        return convert(data.decode("utf-8"), name, copied, root, PLACE).encode("utf-8")
    return None


def changed_in_place(root):
    """The lessons that differ from the last commit, staged or not; none where git knows of none.

    Files of the learner's own, which no commit holds, are none of them; nor are deleted lessons.
    """
    if not any(Path(folder, ".git").exists() for folder in Path(root, PLACE).resolve().parents):
        return set()  # where a Mac has no git, the command would offer to install it
    names = ["--name-only", "--relative", "-z"]
    kinds = ["--no-renames", "--diff-filter=MU"]  # modified, or in the middle of a merge
    command = ["git", "-C", str(root), "diff", *names, *kinds, "HEAD", "--", *FOLDERS]
    try:
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return set()
    return {name for name in run.stdout.split("\0") if PurePosixPath(name).suffix in SUFFIXES}


# --- One lesson


class Desk:
    """The folder of the copies, with a note of what was laid: name -> [digest, work's digest]."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.notes = read_notes(self.folder / NOTES)

    def lay(self, name, data, official=True):
        """Bring the copy of one lesson up to date; return what came of it.

        That is "there", "laid", "updated", "kept" (updated, with the former one kept) or, if the
        learner changed the copy, the name of the newer lesson beside it. A lesson that is not
        `official` gets no note: it holds what someone wrote.
        """
        new, here, noted = digests(name, data), self.digests(name), self.notes.get(name)
        if not here:
            return self.put(name, data, official, "laid")
        if here[WORK] == new[WORK]:
            if here == noted != new:  # never run: it may show what the lesson shows now
                return self.put(name, data, official, "there")
            return self.note(name, new if official else None, "there")
        if noted and noted[WORK] == new[WORK]:
            return "there"
        if noted and here[WORK] == noted[WORK]:
            return self.follow(name, data, official, run=here != noted)
        return self.lay_beside(name, data, official)

    def follow(self, name, data, official, run):
        """Update a copy in which no cell was changed; what it shows of a run is not lost."""
        if not run:
            return self.put(name, data, official, "updated")
        former = next(other for other in beside(name, FORMER) if not self.path(other).exists())
        write(self.path(former), self.path(name).read_bytes())
        return self.put(name, data, official, "kept")

    def lay_beside(self, name, data, official):
        """Lay a newer lesson beside a changed copy, once."""
        new = digests(name, data)
        for other in beside(name, NEW):
            here, noted = self.digests(other), self.notes.get(other)
            if here and here[WORK] == new[WORK]:
                return other
            if noted and noted[WORK] == new[WORK]:
                return "there"  # thrown away, or already worked in
            if not here or here == noted:
                return self.put(other, data, official, other)

    def put(self, name, data, official, result):
        """Write a copy, then its note."""
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        write(self.path(name), data)
        return self.note(name, digests(name, data) if official else None, result)

    def note(self, name, digests, result):
        """Note what was laid, or with None that the copy is the learner's own."""
        if self.notes.get(name) != digests:
            self.notes[name] = digests
            text = json.dumps({n: d for n, d in self.notes.items() if d}, indent=1) + "\n"
            write(self.folder / NOTES, text.encode("utf-8"))
        return result

    def digests(self, name):
        """The digests of a copy as it lies there, or None."""
        return digests(name, self.path(name).read_bytes()) if self.path(name).exists() else None

    def path(self, name):
        """Where a copy lies."""
        return self.folder / name


def read_notes(file):
    """What was laid; nothing if the file is missing or damaged."""
    try:
        notes = json.loads(file.read_text(encoding="utf-8"))
        return {name: [str(one), str(two)] for name, (one, two) in notes.items()}
    except (FileNotFoundError, ValueError, TypeError, AttributeError):
        return {}


def digests(name, data):
    """[digest of a file, digest of the work in it]: of a notebook, what stands in its cells."""
    work = data
    if name.endswith(".ipynb"):
        with suppress(ValueError, KeyError, TypeError):  # no notebook any more: all of it counts
            cells = json.loads(data)["cells"]
            parts = [[c["cell_type"], "".join(c["source"]), c.get("attachments")] for c in cells]
            work = json.dumps(parts, sort_keys=True).encode("utf-8")
    return [sha256(data).hexdigest(), sha256(work).hexdigest()]


def beside(name, word):
    """Names beside a copy: A (new).ipynb, A (new 2).ipynb and so on."""
    path = PurePosixPath(name)
    for number in count(1):
        label = word if number == 1 else f"{word} {number}"
        yield str(path.with_name(f"{path.stem} ({label}){path.suffix}"))


# --- What is said


def sentences(news):
    """What came of all lessons (result -> names), in a sentence for each kind."""
    listed = {result: ", ".join(names) for result, names in news.items()}
    if "laid" in news:
        yield _("Your own copies of the lessons lie in {place}; work there.", place=PLACE)
    if "updated" in news:
        yield _("Updated in {place}: {names}.", place=PLACE, names=listed["updated"])
    if "kept" in news:
        sentence = N_("Updated in {place}, with what you ran kept beside it as (former): {names}.")
        yield _(sentence, place=PLACE, names=listed["kept"])
    for other in sorted(set(news) - {"there", "laid", "updated", "kept"}):
        sentence = N_("You changed {name}, so it stays; the newer lesson lies beside it: {newer}.")
        newer = PurePosixPath(other).name
        yield _(sentence, name=f"{PLACE}/{listed[other]}", newer=newer)


def warnings(changed, damaged):
    """What to do about lessons that were changed where the course keeps them, or damaged."""
    if changed:
        sentence = N_(
            "You changed the course's own {names}; the copies have your changes. "
            "Before the next git pull, run: git restore --staged --worktree {names}"
        )
        yield _(sentence, names=" ".join(sorted(changed)))
    if damaged:
        sentence = N_(
            "No lesson can be read from: {names}. Perhaps a git pull met your changes; "
            "git status tells more. Your copies stay as they are."
        )
        yield _(sentence, names=", ".join(damaged))
