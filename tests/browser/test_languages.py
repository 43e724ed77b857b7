"""The Persian course in JupyterLab: read from right to left, and gone through to the lab."""

import re
import shutil
from pathlib import Path

import english
import pytest
from answering import Page, key, mistake
from explorers import Panel

from lab import ROOT, open_notebook
from mlpkit.checks.hints import HINTS
from mlpkit.checks.judge import KNOWN
from mlpkit.i18n import catalogs
from mlpkit.quizzes.questions import FOLDER, read

LESSON, LAB = "notebooks/fa/GradientDescent.ipynb", "lab/fa/MyFW_MNIST.ipynb"
MEASURE = Path(__file__).with_name("right_to_left.js").read_text(encoding="utf-8")
WRONG = ROOT / "tests" / "wrong_answers" / "minibatches" / "last-batch-dropped.py"
RIGHT = ROOT / "tests" / "solutions" / "GradientDescent" / "gd-minibatches-01.py"
PERSIAN = re.compile("[\u0600-\u06ff]")
# Everything the page shows, but not what Python writes: prints, tracebacks, bare values.
SHOWN = """() => {
    const parts = ".jp-RenderedMarkdown, .jp-OutputArea-output:not(.jp-RenderedText)";
    return [...document.querySelectorAll(`.jp-Notebook :is(${parts})`)].map(one => one.outerHTML);
}"""
# Of formulas and code with the package's own style, which its first widget brings.
DIRECTIONS = """() => {
    const found = document.querySelectorAll(".jp-RenderedMarkdown :is(mjx-container, code)");
    return [...new Set([...found].map(one => getComputedStyle(one).direction))];
}"""


def persian(message):
    """The Persian translation of an English sentence of the package."""
    translated = catalogs.load("fa").gettext(message)
    assert PERSIAN.search(translated)
    return translated


@pytest.fixture
def nothing_saved(home):
    """Nothing is saved before, and forgotten afterwards: other tests share the server."""
    assert list((home / "mlpkit").glob("my_framework.py")) == []
    yield
    shutil.rmtree(home / "mlpkit")
    (home / "mlpkit").mkdir()


def read_through(notebook):
    """What reads from the left and what reads in English; JupyterLab keeps what was in sight."""
    for _ in notebook.scroll():
        pass
    found, parts = notebook.page.evaluate(MEASURE), notebook.page.evaluate(SHOWN)
    assert found["measured"]["line"] > 200
    assert sum(bool(PERSIAN.search(part)) for part in parts) > 20
    return found["problems"], english_in(parts)


def english_in(parts):
    """The rows of Latin words in the parts of a page."""
    return [row for part in parts for row in english.rows(part)]


@pytest.mark.parametrize("name", ["GradientDescent", "OwnFramework"])
def test_a_persian_lesson_reads_from_right_to_left(chromium, url, name):
    """As it is opened, before any cell has run."""
    lesson = open_notebook(chromium, url, f"notebooks/fa/{name}.ipynb")
    assert read_through(lesson) == ([], [])
    counts = lesson.page.evaluate(MEASURE)["measured"]
    assert (
        counts["formula"] > 100
        and counts["code"] > 20
        and counts["bullet"] > 3
        and counts["table"] > 10
    )
    assert lesson.complaints == []
    lesson.page.close()


def test_what_reads_from_the_left_or_in_english_is_noticed(chromium, url):
    lesson = open_notebook(chromium, url, LESSON)
    root = lesson.page.locator(".jp-RenderedMarkdown > [dir=rtl]").first
    faults = {
        "begins elsewhere": "<p style='text-align: left'>کوتاه</p>",
        "bullet not on the right": "<ul dir='ltr'><li dir='rtl'>نکته</li></ul>",
        "code with direction rtl": "<p style='text-align: right'><code>-1</code></p>",
        "code whose first sign is not on the left": (
            "<p style='text-align: right'><code style='unicode-bidi: bidi-override'>ab</code></p>"
        ),
        "formula whose first sign is not on the left": (
            "<mjx-math style='display: flex; direction: rtl'><b>a</b><b>b</b></mjx-math>"
        ),
        "columns do not go from right to left": (
            "<table dir='ltr'><tr><th>یک</th><th>دو</th></tr></table>"
        ),
        "table wider than the page": "<table style='width: 3000px'><tr><th>یک</th></tr></table>",
    }
    for what, html in faults.items():
        root.evaluate("(root, html) => root.insertAdjacentHTML('beforeend', html)", html)
        problems = lesson.page.evaluate(MEASURE)["problems"]
        root.evaluate("root => root.lastElementChild.remove()")
        assert any(what in problem for problem in problems), what
    lesson.run_cell("gd-setup-01")
    lesson.run_cell("gd-quiz-01")
    button = Page(lesson, "gd-quiz-01").root.locator("button[type=submit]").first
    button.evaluate("button => { button.textContent = 'Press here to check'; }")
    assert english_in(lesson.page.evaluate(SHOWN)) == ["Press here to check"]
    lesson.page.close()


def answer_all(lesson, cell_id, name):
    """Answer a quiz by keyboard, its first question wrongly at first; what is said is Persian."""
    questions = read(FOLDER / f"{name}.toml").questions
    page = Page(lesson, cell_id)
    assert page.root.get_attribute("dir") == "rtl"
    page.begin()
    said = page.answer(questions[0], mistake(questions[0]))
    assert said.inner_text().startswith(f"✗ {persian('Not right yet.')}")
    for question in questions:
        said = page.answer(question, key(question))
        assert said.get_attribute("data-status") == "right"
        assert said.inner_text().startswith(f"✓ {persian('Right.')}")
    score = persian("{first} of {total} right at the first try, {now} now.")
    total = len(questions)
    shown = page.root.get_by_role("status").inner_text()
    assert re.findall(r"\d+", shown) == re.findall(
        r"\d+", score.format(first=total - 1, total=total, now=total)
    )


def move(lesson, cell_id):
    """Move the first slider of an explorer by keyboard: picture and words change, in Persian."""
    panel = Panel(lesson, cell_id)
    assert panel.root.get_attribute("dir") == "rtl"
    slider = panel.root.locator("input[type=range]:visible").first
    before, words = panel.source(), panel.alt()
    slider.focus()
    lesson.page.keyboard.press("ArrowRight")
    panel.wait_for_change(before)
    lesson.page.wait_for_function(
        "([image, words]) => image.alt !== words", arg=[panel.image.element_handle(), words]
    )
    assert PERSIAN.search(panel.alt())


def answer(lesson, name, text):
    """Write an exercise's answer and check it; give the card."""
    lesson.type_into(f"gd-{name}-01", text)
    lesson.run_cell(f"gd-{name}-01")
    lesson.run_cell(f"gd-{name}-02")
    return lesson.show(f"gd-{name}-02").locator("[role=status]")


def test_a_learner_goes_through_a_lesson_and_to_the_lab_in_persian(
    chromium, url, nothing_saved, screenshots
):
    lesson = open_notebook(chromium, url, LESSON)
    for cell_id in ("gd-setup-01", "gd-quiz-01", "gd-surface-gradient-01"):
        lesson.run_cell(cell_id)
    answer_all(lesson, "gd-quiz-01", "gd-before")
    assert persian("not yet") in lesson.run_cell("gd-surface-gradient-02")

    card = answer(lesson, "minibatches", WRONG.read_text(encoding="utf-8"))
    assert card.get_attribute("dir") == "rtl"
    assert card.locator("b").first.inner_text() == f"✗ minibatches: {persian('wrong')}."
    assert persian(KNOWN["minibatches"][WRONG.stem].says) in card.inner_text()
    hint = card.locator("details").first
    assert persian(HINTS["minibatches"][0]) not in hint.inner_text()
    hint.locator("summary").focus()
    lesson.page.keyboard.press("Enter")
    assert persian(HINTS["minibatches"][0]) in hint.inner_text()
    lesson.page.screenshot(path=screenshots / "persian-1-wrong.png")

    card = answer(lesson, "minibatches", RIGHT.read_text(encoding="utf-8"))
    assert card.locator("b").first.inner_text() == "✓ minibatches: درست."
    lesson.run_cell("gd-descent-02")
    move(lesson, "gd-descent-02")
    lesson.page.screenshot(path=screenshots / "persian-2-explorer.png")
    lesson.run_cell("gd-quiz-02")
    answer_all(lesson, "gd-quiz-02", "gd-after")
    assert read_through(lesson) == ([], [])
    assert lesson.page.evaluate(DIRECTIONS) == ["ltr"]
    assert lesson.complaints == []
    lesson.page.close()

    lab = open_notebook(chromium, url, LAB)
    lab.run_cell("lab-setup-01")
    shown = lab.run_cell("lab-setup-02")
    yours = persian("yours: {parts}").format(parts="")
    assert re.search(f"{yours}.*minibatches", shown)
    assert read_through(lab) == ([], [])
    lab.page.screenshot(path=screenshots / "persian-3-lab.png")
    assert lab.complaints == []
    lab.page.close()
