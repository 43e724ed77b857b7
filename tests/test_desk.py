"""The learner's copies: they follow the course, and nothing that a learner did is lost."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir

from mlpkit import i18n
from mlpkit.desk import copies, start
from mlpkit.desk.copies import PLACE, lay_all
from mlpkit.desk.links import LINK

ROOT = Path(__file__).resolve().parents[1]
LESSON = "notebooks/Lesson.ipynb"
SECOND = "notebooks/Lesson (new).ipynb"
FARSI = "notebooks/fa/Lesson.ipynb"


def notebook(*sources, output=None):
    """The text of a notebook: one Markdown cell, then code cells, each with the same output."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": [output]}] if output else []
    first, *rest = sources
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": [first]}]
    for number, source in enumerate(rest):
        code = {"cell_type": "code", "execution_count": 1, "id": f"b{number}", "metadata": {}}
        cells.append(code | {"outputs": outputs, "source": source.splitlines(keepends=True)})
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"


def write(root, name, text):
    path = Path(root, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def read(root, name):
    return Path(root, name).read_text(encoding="utf-8")


def everything(root):
    """All files of a folder: name -> bytes."""
    paths = [path for path in Path(root).rglob("*") if path.is_file()]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def course(tmp_path):
    """A small course, in a folder with a blank and a letter beyond ASCII."""
    root = tmp_path / "Mein Kurs ü"
    write(root, LESSON, notebook("One", "x = 1", output="1"))
    write(root, FARSI, notebook("یک", "x = 1"))
    write(root, "notebooks/figures/net.svg", "<svg/>")
    write(root, "notebooks/po/fa/Lesson.po", "")
    write(root, "lab/README.md", "[lesson](../notebooks/Lesson.ipynb)")
    return root


@pytest.fixture
def mine(course):
    """The folder of the copies, laid once."""
    lay_all(course)
    return course / PLACE


# --- What is copied


def test_lessons_texts_and_figures_are_copied_with_their_folders(course, mine):
    names = {LESSON, FARSI, "notebooks/figures/net.svg", "lab/README.md"}
    assert set(everything(mine)) - {copies.NOTES} == names
    assert all(read(mine, name) == read(course, name) for name in names)


def test_the_first_time_says_where_the_copies_lie_and_the_second_nothing(course):
    assert lay_all(course) == ["Your own copies of the lessons lie in my_course; work there."]
    before = everything(course)
    assert lay_all(course) == []
    assert everything(course) == before


def test_links_lead_to_copies_where_there_are_some_and_else_to_the_original(course):
    write(course, "mlpkit/net.py", "")
    text = "[net](../../mlpkit/net.py) [n](../../mlpkit/net.py#L3) [l](../Lesson.ipynb#cell-id=a)"
    text += ' [web](https://example.org) <img src="../figures/net.svg"> a[0](x) [c](#cell-id=b)'
    write(course, FARSI, notebook(text, "[f](../../mlpkit/net.py)"))
    lay_all(course)
    markdown, code = json.loads(read(course / PLACE, FARSI))["cells"]
    expected = text.replace("../../mlpkit", "../../../mlpkit")
    assert ["".join(markdown["source"]), code["source"]] == [expected, ["[f](../../mlpkit/net.py)"]]


def links(root, name):
    """The targets of the links in a lesson's prose."""
    text = read(root, name)
    if name.endswith(".ipynb"):
        cells = json.loads(text)["cells"]
        text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return [target for _before, target in LINK.findall(text)]


def test_every_link_of_the_course_leads_somewhere_from_its_copy_too(tmp_path):
    ignored = shutil.ignore_patterns("*.npz", "__pycache__")
    for folder in ("notebooks", "lab", "mlpkit", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=ignored)
    lay_all(tmp_path)
    followed = 0
    for name in copies.lessons(tmp_path):
        if name.endswith((".md", ".ipynb")):
            pairs = zip(links(tmp_path, name), links(tmp_path / PLACE, name), strict=True)
            for target, moved in pairs:
                if Path(tmp_path, name).parent.joinpath(target).exists():
                    assert Path(tmp_path, PLACE, name).parent.joinpath(moved).exists()
                    followed += 1
    assert followed > 20


DAMAGED = {
    "merge conflict": "<<<<<<< Updated upstream\n" + notebook("Mine"),
    "empty": "",
    "no object": "[]",
    "no cells": "{}",
    "cells are null": '{"cells": null}',
    "source is null": '{"cells": [{"cell_type": "markdown", "source": null}]}',
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_notebook_is_named_and_the_others_are_laid(course, mine, text):
    write(course, "notebooks/Another.ipynb", text)
    write(course, LESSON, text)
    (course / "notebooks/Untitled.md").write_bytes(b"\xff")
    write(course, "lab/README.md", "Newer")
    updated, unread = lay_all(course)
    assert updated == "Updated in my_course: lab/README.md."
    assert f": notebooks/Another.ipynb, {LESSON}, notebooks/Untitled.md. " in unread
    assert read(mine, LESSON) == notebook("One", "x = 1", output="1")
    assert not (mine / "notebooks/Another.ipynb").exists()
    assert not (mine / "notebooks/Untitled.md").exists()


# --- A newer lesson


def test_a_copy_that_nobody_changed_follows_the_course(course, mine):
    write(course, LESSON, notebook("Two", "x = 2"))
    assert lay_all(course) == ["Updated in my_course: notebooks/Lesson.ipynb."]
    assert read(mine, LESSON) == read(course, LESSON)
    assert lay_all(course) == []


def test_a_copy_that_was_only_run_follows_and_what_it_showed_is_kept(course, mine):
    ran = notebook("One", "x = 1", output="my own result")
    write(mine, LESSON, ran)
    assert lay_all(course) == []
    assert read(mine, LESSON) == ran
    write(course, LESSON, notebook("Two", "x = 2"))
    [said] = lay_all(course)
    assert said.endswith("kept beside it as (former): notebooks/Lesson.ipynb.")
    assert read(mine, LESSON) == read(course, LESSON)
    assert read(mine, "notebooks/Lesson (former).ipynb") == ran


@pytest.mark.parametrize("ran", [False, True])
def test_a_lesson_that_only_shows_other_results_takes_no_results_of_the_learner(course, mine, ran):
    own, other = (notebook("One", "x = 1", output=output) for output in ("my own", "another"))
    if ran:
        write(mine, LESSON, own)
    write(course, LESSON, other)
    assert lay_all(course) == lay_all(course) == []
    assert read(mine, LESSON) == (own if ran else other)


def test_a_second_former_copy_does_not_replace_the_first(course, mine):
    for number in (1, 2):
        write(mine, LESSON, read(mine, LESSON).replace('"metadata": {}', '"metadata": {"a": 1}'))
        write(course, LESSON, notebook(f"Update {number}"))
        lay_all(course)
    assert "One" in read(mine, "notebooks/Lesson (former).ipynb")
    assert "Update 1" in read(mine, "notebooks/Lesson (former 2).ipynb")


@pytest.mark.parametrize(
    "work",
    [
        notebook("One", "x = 1  # mine", output="1"),
        notebook("One, and my notes", "x = 1", output="1"),
        notebook("One", "x = 1", "y = 2", output="1"),
        notebook("One"),
        "no notebook any more",
        "",
    ],
    ids=["code", "text", "cell-added", "cell-deleted", "damaged", "empty"],
)
def test_a_changed_copy_stays_and_the_newer_lesson_lies_beside_it(course, mine, work):
    write(mine, LESSON, work)
    assert lay_all(course) == []
    write(course, LESSON, notebook("Two"))
    [said] = lay_all(course)
    assert said == (
        "You changed my_course/notebooks/Lesson.ipynb, so it stays; "
        "the newer lesson lies beside it: Lesson (new).ipynb."
    )
    assert lay_all(course) == [said]
    assert [read(mine, LESSON), read(mine, SECOND)] == [work, read(course, LESSON)]


def test_a_still_newer_lesson_takes_the_place_of_the_newer_one(course, mine):
    write(mine, LESSON, notebook("Mine"))
    for text in ("Two", "Three"):
        write(course, LESSON, notebook(text))
        lay_all(course)
    assert read(mine, SECOND) == notebook("Three")
    assert not (mine / "notebooks/Lesson (new 2).ipynb").exists()


def test_a_newer_lesson_that_the_learner_works_in_stays_too(course, mine):
    write(mine, LESSON, notebook("Mine"))
    write(course, LESSON, notebook("Two"))
    lay_all(course)
    write(mine, SECOND, notebook("Mine again"))
    assert lay_all(course) == []
    write(course, LESSON, notebook("Three"))
    [said] = lay_all(course)
    assert said.endswith(": Lesson (new 2).ipynb.")
    assert lay_all(course) == [said]
    assert read(mine, SECOND) == notebook("Mine again")


def test_a_newer_lesson_that_was_thrown_away_does_not_come_back(course, mine):
    write(mine, LESSON, notebook("Mine"))
    write(course, LESSON, notebook("Two"))
    lay_all(course)
    (mine / SECOND).unlink()
    assert lay_all(course) == []
    assert not (mine / SECOND).exists()


def test_who_deletes_a_copy_begins_it_anew(course, mine):
    write(mine, LESSON, notebook("Mine"))
    (mine / LESSON).unlink()
    lay_all(course)
    assert read(mine, LESSON) == read(course, LESSON)


@pytest.mark.parametrize("notes", [None, "{", "[]", '{"a": 1}', '{"notebooks/Lesson.ipynb": [1]}'])
def test_without_its_notes_a_copy_counts_as_the_learners_own(course, mine, notes):
    (mine / copies.NOTES).unlink()
    if notes is not None:
        write(mine, copies.NOTES, notes)
    write(course, LESSON, notebook("Two"))
    [said] = lay_all(course)
    assert said.startswith("You changed my_course/notebooks/Lesson.ipynb")
    assert read(mine, LESSON) == notebook("One", "x = 1", output="1")


def git(course, *words):
    me = ["-c", "user.name=me", "-c", "user.email=me@example.org", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *me, *words], cwd=course, check=True, capture_output=True)


def committed(course):
    """Make a folder a repository of one commit."""
    git(course, "init")
    git(course, "add", ".")
    git(course, "commit", "-m", "The course")


@pytest.mark.parametrize("staged", [False, True])
def test_work_in_the_courses_own_notebooks_moves_to_the_copies_and_stays_there(course, staged):
    committed(course)
    lay_all(course)
    write(course, LESSON, notebook("My work"))
    if staged:
        git(course, "add", LESSON)
    [said] = lay_all(course)[-1:]
    assert said.endswith("run: git restore --staged --worktree notebooks/Lesson.ipynb")
    assert read(course / PLACE, LESSON) == notebook("My work")
    git(course, *said.rpartition("run: git ")[2].split())
    assert lay_all(course)[0].startswith("You changed my_course/notebooks/Lesson.ipynb")
    write(course, LESSON, notebook("Two"))
    git(course, "commit", "-am", "An update")
    lay_all(course)
    assert read(course / PLACE, LESSON) == notebook("My work")


@pytest.mark.parametrize("staged", [False, True])
def test_deleted_and_renamed_lessons_and_files_of_the_learners_own_are_not_to_be_restored(
    course, staged
):
    committed(course)
    lay_all(course)
    (course / FARSI).unlink()
    (course / LESSON).rename(course / "notebooks/Renamed.ipynb")
    write(course, "notebooks/Mine.ipynb", notebook("Mine"))
    if staged:
        git(course, "add", "--all", ".")
    assert copies.changed_in_place(course) == set()
    assert not any("git restore" in sentence for sentence in lay_all(course))


def test_in_a_larger_repository_only_the_courses_files_are_seen_by_their_names_there(course):
    write(course.parent, "notebooks/Other.md", "")
    committed(course.parent)
    write(course.parent, "notebooks/Other.md", "changed")
    write(course, LESSON, notebook("My work"))
    assert copies.changed_in_place(course) == {LESSON}


def test_without_a_commit_and_without_git_no_lesson_counts_as_changed(course, monkeypatch):
    git(course, "init")
    git(course, "add", ".")
    write(course, LESSON, notebook("My work"))
    assert copies.changed_in_place(course) == set()
    monkeypatch.setenv("PATH", "")
    assert copies.changed_in_place(course) == set()


def test_to_restore_a_damaged_lesson_is_not_advised_because_no_copy_has_its_changes(course):
    committed(course)
    lay_all(course)
    write(course, LESSON, DAMAGED["merge conflict"])
    assert ["restore" in text for text in lay_all(course)] == [False]
    write(course, FARSI, notebook("Mine"))
    *_, advice, unread = lay_all(course)
    assert advice.endswith(f"git restore --staged --worktree {FARSI}")
    assert f" {LESSON}. " in unread and FARSI not in unread


# --- Interrupted, refused


def test_whenever_it_is_killed_nothing_is_lost_and_the_next_time_ends_it(course, monkeypatch):
    """The end comes before each of the writes in turn; each write itself is whole or not there."""
    lay_all(course)
    work, ran = notebook("Mine"), notebook("یک", "x = 1", output="mine")
    write(course / PLACE, LESSON, work)
    write(course / PLACE, FARSI, ran)
    for name in (LESSON, FARSI, "lab/README.md"):
        write(course, name, notebook("Two"))
    start, done, last = course.parent / "start", copies.write, 0
    shutil.copytree(course, start)
    while True:
        root = course.parent / f"killed {last}"
        shutil.copytree(start, root)
        left = iter(range(last))
        monkeypatch.setattr(
            copies, "write", lambda path, data, left=left: (next(left), done(path, data))
        )
        try:
            lay_all(root)
            break
        except StopIteration:
            monkeypatch.setattr(copies, "write", done)
            lay_all(root)
            assert read(root / PLACE, LESSON) == work
            assert read(root / PLACE, SECOND) == notebook("Two")
            assert ran.encode() in everything(root / PLACE).values()
            assert read(root / PLACE, FARSI) == notebook("Two")
            assert read(root / PLACE, "lab/README.md") == notebook("Two")
        last += 1
    assert last > 5


def test_a_disk_that_is_full_is_named(course, monkeypatch):
    def full(*arguments):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(copies, "write", full)
    with pytest.raises(OSError) as caught:
        lay_all(course)
    said = start.refusal(course, caught.value)
    assert "Mein Kurs ü" in said and "No space left on device. Make room there" in said


def test_a_file_where_the_folder_should_be_is_named(course):
    write(course, PLACE, "")
    with pytest.raises(OSError) as caught:
        lay_all(course)
    assert PLACE in start.refusal(course, caught.value)


# --- The command


def test_the_command_lays_the_copies_and_opens_the_main_lesson(monkeypatch, capsys):
    started, laid = [], []
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "of the learner")
    monkeypatch.setattr(start.LabApp, "launch_instance", started.append)
    monkeypatch.setattr(start, "lay_all", lambda root: laid.append(root) or ["Something is new."])
    assert start.main(["--no-browser"]) is None
    [options] = started
    assert laid == [ROOT]
    assert options[0] == f"--ServerApp.root_dir={ROOT}"
    assert options[1].endswith("=/lab/tree/my_course/notebooks/OwnFramework.ipynb")
    assert options[2:] == ["--no-browser"]
    assert os.environ["JUPYTER_CONFIG_PATH"] == f"{start.SETTINGS}{os.pathsep}of the learner"
    assert capsys.readouterr().out == "Something is new.\n"


@pytest.mark.parametrize("mine", ["--LabApp.default_url=/tree", "--ServerApp.root_dir=elsewhere"])
def test_an_option_of_the_learner_takes_the_place_of_the_desk_s_own(monkeypatch, mine):
    started = []
    monkeypatch.delenv("JUPYTER_CONFIG_PATH", raising=False)
    monkeypatch.setattr(start.LabApp, "launch_instance", started.append)
    monkeypatch.setattr(start, "lay_all", lambda root: [])
    start.main([mine])
    [options] = started
    names = [option.partition("=")[0] for option in options]
    assert len(names) == len(set(names)) and options[-1] == mine
    assert os.environ["JUPYTER_CONFIG_PATH"] == str(start.SETTINGS)


def test_jupyterlab_knows_the_settings_that_the_desk_sets():
    path = start.SETTINGS / "labconfig" / "default_setting_overrides.json"
    for plugin, values in json.loads(path.read_text(encoding="utf-8")).items():
        package, _, name = plugin.partition(":")
        schema = Path(get_app_dir(), "schemas", package, f"{name}.json")
        known = json.loads(schema.read_text(encoding="utf-8"))["properties"]
        for setting, value in values.items():
            choices = known[setting].get("oneOf", [{"const": True}, {"const": False}])
            assert value in [choice["const"] for choice in choices]


@pytest.mark.parametrize("code", ["fa", "te", "th"])
def test_the_command_opens_the_edition_in_the_chosen_language(monkeypatch, code):
    monkeypatch.setattr(i18n, "chosen", None)
    monkeypatch.setenv("MLPKIT_LANG", code)
    name = start.lesson().removeprefix(f"{PLACE}/")
    assert name == f"notebooks/{code}/OwnFramework.ipynb"
    assert name in copies.lessons(ROOT)


def test_the_command_says_why_it_does_not_start(monkeypatch):
    def refuse(root):
        raise PermissionError(13, "Permission denied", str(root))

    monkeypatch.setattr(start, "lay_all", refuse)
    said = start.main([])
    assert said.startswith("Your copies of the lessons cannot be kept in ")
    assert "Permission denied" in said


def test_without_a_repository_git_is_not_called(course, monkeypatch):
    monkeypatch.setattr(copies.subprocess, "run", None)
    lay_all(course)
    assert copies.changed_in_place(course) == set()


def test_git_ignores_the_copies():
    assert "/my_course/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
