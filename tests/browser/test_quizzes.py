"""Quizzes in JupyterLab: answered by keyboard alone, first wrongly and then rightly."""

import shutil
from contextlib import contextmanager

import nbformat
import pytest
from answering import Page, key, mistake
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lab import CONTENT, ROOT, VIEWPORT, open_notebook, server
from mlpkit.quizzes import quizzes, show
from mlpkit.quizzes.questions import FOLDER, read

FIXTURE = ROOT / "tests" / "quizzes" / "gd-fixture.toml"
FILES = [f"{name}.toml" for name in quizzes()]
QUIZZES = {"gd-fixture": read(FIXTURE)} | {
    name: read(FOLDER / f"{name}.toml") for name in quizzes()
}
SETUP = """
from mlpkit import checks
from mlpkit.quizzes import questions, quiz, show
"""
CARDS = """
checks.softmax(lambda scores: scores)
checks.sigmoid(None)
"""


def write_notebook(path):
    """Write a notebook with every quiz; of the lessons it has one cell to read again."""
    cells = [new_markdown_cell("## 4. Epochs and batches", id="gd-epochs-01")]
    cells += [new_markdown_cell("word " * 2000, id="quiz-words-01")]
    cells += [new_code_cell(SETUP.strip(), id="quiz-setup-01")]
    code = 'show.QuizView(questions.read("gd-fixture.toml"))'
    cells += [new_code_cell(code, id="quiz-gd-fixture-01")]
    cells += [new_code_cell(f'quiz("{name}")', id=f"quiz-{name}-01") for name in quizzes()]
    cells += [new_code_cell(CARDS.strip(), id="quiz-cards-01")]
    nbformat.write(new_notebook(cells=cells), path)


@contextmanager
def opened_quizzes(chromium, course, home, dark=False):
    """The notebook of quizzes, run; the theme is a setting of the server."""
    shutil.copy(FIXTURE, course / "notebooks")
    write_notebook(course / "notebooks" / "quizzes.ipynb")
    with server(course, home, dark) as address:
        opened = open_notebook(chromium, address, "notebooks/quizzes.ipynb", dark)
        opened.run_all()
        assert opened.errors() == []
        yield opened
        assert opened.complaints == []
        opened.page.close()


@pytest.fixture(scope="module")
def notebook(chromium, course, tmp_path_factory):
    """The notebook of quizzes in the light theme."""
    with opened_quizzes(chromium, course, tmp_path_factory.mktemp("light")) as opened:
        yield opened


@pytest.mark.parametrize("name", QUIZZES)
def test_a_quiz_is_answered_by_keyboard_wrongly_and_then_rightly(notebook, name, screenshots):
    questions = QUIZZES[name].questions
    page = Page(notebook, f"quiz-{name}-01")
    page.begin()
    score = page.root.get_by_role("status")
    for question in questions:
        feedback = page.answer(question, mistake(question))
        assert feedback.get_attribute("data-status") == "wrong"
        assert feedback.inner_text().startswith("✗ Not right yet.")
        assert feedback.get_by_role("link", name="Read again").count() == 1
    assert score.inner_text() == f"0 of {len(questions)} right at the first try, 0 now."
    shoot(page, screenshots / f"quiz-{name}-wrong")
    for question in questions:
        feedback = page.answer(question, key(question))
        assert feedback.get_attribute("data-status") == "right"
        assert feedback.inner_text().startswith("✓ Right.")
        assert feedback.get_by_role("link", name="Read again").count() == 0
    assert (
        score.inner_text() == f"0 of {len(questions)} right at the first try, {len(questions)} now."
    )
    shoot(page, screenshots / f"quiz-{name}-right")


def shoot(page, path):
    """Save a picture of the whole quiz, its folded parts unfolded, in a window high enough."""
    unfold = "(root, open) => root.querySelectorAll('details').forEach(d => { d.open = open; })"
    page.root.evaluate(unfold, True)
    page.page.set_viewport_size({"width": 1280, "height": 4000})
    page.cell.scroll_into_view_if_needed()
    page.notebook.settle()
    page.root.screenshot(path=f"{path}.png")
    page.page.set_viewport_size(VIEWPORT)
    page.root.evaluate(unfold, False)


@pytest.mark.parametrize("name", QUIZZES)
def test_a_screen_reader_finds_everything_in_a_quiz(notebook, name):
    Page(notebook, f"quiz-{name}-01")
    found = Axe().run(notebook.page, context={"include": [[".mlpkit-quiz"]]})
    assert [v["id"] for v in found.response["violations"]] == [], found.generate_report()


def test_quizzes_read_well_in_the_dark_theme(chromium, course, tmp_path, screenshots):
    with opened_quizzes(chromium, course, tmp_path, dark=True) as notebook:
        for name, quiz in QUIZZES.items():
            page = Page(notebook, f"quiz-{name}-01")
            page.begin()
            page.answer(quiz.questions[0], mistake(quiz.questions[0]))
            found = Axe().run(notebook.page, context={"include": [[".mlpkit-quiz"]]})
            assert [v["id"] for v in found.response["violations"]] == [], found.generate_report()
            shoot(page, screenshots / f"quiz-{name}-dark")


def test_a_screen_reader_finds_everything_in_a_check_card(notebook):
    cell = notebook.show("quiz-cards-01")
    assert cell.locator("[role=status]").count() == 2
    found = Axe().run(notebook.page, context={"include": [[".jp-OutputArea-output [role=status]"]]})
    assert [v["id"] for v in found.response["violations"]] == [], found.generate_report()


def test_formulas_are_rendered_by_the_page(notebook):
    page = Page(notebook, "quiz-gd-fixture-01")
    page.root.locator("label mjx-container").last.wait_for()
    assert page.root.locator("legend mjx-container").count() == 9
    assert page.root.locator("label mjx-container").count() == 4
    assert "$" not in page.root.inner_text()
    sizes = page.root.locator("mjx-container").evaluate_all("all => all.map(f => f.style.fontSize)")
    assert len(set(sizes)) == 1
    names = page.root.get_by_role("checkbox").evaluate_all(
        "all => all.map(box => box.labels[0].textContent)"
    )
    assert names[1] == "B. x=0"


def test_the_code_of_a_question_begins_on_a_line_of_its_own(notebook):
    words = Page(notebook, "quiz-gd-before-01").root.inner_text()
    assert "print?\n\ndef move(x, by):\n    return" in words


def test_what_is_no_answer_is_said_and_counts_as_no_try(notebook):
    notebook.run_cell("quiz-gd-fixture-01")
    page = Page(notebook, "quiz-gd-fixture-01")
    one, several, number = QUIZZES["gd-fixture"].questions[:3]
    page.begin()
    for question, words in [(one, "Choose an answer"), (several, "at least one")]:
        page.tab_to(page.form(question).get_by_role("button", name="Check", exact=True))
        page.keys.press("Enter")
        page.feedback(question).get_by_text(words).wait_for()
    assert "such as 0.25" in page.answer(number, "much").inner_text()
    page.keys.press("Shift+Tab")
    page.keys.press("ControlOrMeta+a")
    page.keys.type("0,6")
    page.keys.press("Enter")
    page.feedback(number).get_by_text("Right.").wait_for()
    assert page.root.get_by_role("status").inner_text().startswith("1 of 4 right at the first try")


def test_a_view_that_opens_late_shows_what_was_answered(notebook):
    source = """
view = show.QuizView(questions.read("gd-fixture.toml"))
view.answer("fixture-updates", "floor")
view.answer("fixture-positive", ["half", "three"])
view.answer("fixture-step", "3/5")
view.answer("fixture-order", ["loss", "step", "forward", "backward"])
view
"""
    notebook.type_into("quiz-gd-fixture-01", source.strip())
    notebook.run_cell("quiz-gd-fixture-01")
    page = Page(notebook, "quiz-gd-fixture-01")
    one, several, number, order = [page.form(q) for q in QUIZZES["gd-fixture"].questions]
    assert one.get_by_label("15").is_checked()
    assert [box.is_checked() for box in several.get_by_role("checkbox").all()] == [0, 0, 1, 1]
    assert number.get_by_role("textbox").input_value() == "3/5"
    assert page.steps(order) == ["loss", "step", "forward", "backward"]
    assert page.root.get_by_role("status").inner_text().startswith("2 of 4 right")
    assert page.root.locator(".mlpkit-feedback").all_inner_texts()[1].startswith("✓ Right.")


def test_a_busy_python_is_noticed_and_answers_later(notebook):
    notebook.type_into("quiz-setup-01", "import time\ntime.sleep(8)")
    notebook.page.keyboard.press("Control+Enter")
    page = Page(notebook, "quiz-gd-fixture-01")
    question = QUIZZES["gd-fixture"].questions[1]
    page.form(question).get_by_role("checkbox").first.click()
    page.form(question).get_by_role("button", name="Check", exact=True).click()
    page.feedback(question).get_by_text("No answer from Python yet").wait_for()
    page.feedback(question).get_by_text("Not right yet").wait_for()
    notebook.wait_until_idle()


def test_the_link_goes_to_the_cell_of_this_notebook(notebook):
    notebook.run_cell("quiz-gd-fixture-01")
    page = Page(notebook, "quiz-gd-fixture-01")
    question = QUIZZES["gd-fixture"].questions[0]
    page.begin()
    feedback = page.answer(question, mistake(question))
    page.tab_to(feedback.get_by_role("link"))
    page.keys.press("Enter")
    page.page.wait_for_timeout(500)
    assert page.page.evaluate(f"() => {CONTENT}.activeCell.model.id") == "gd-epochs-01"
    wait_until_in_sight(page.page, "4. Epochs and batches")


def wait_until_in_sight(page, heading):
    """Wait until a heading stands in the part of the notebook that is seen."""
    page.wait_for_function(
        """heading => [...document.querySelectorAll(".jp-Notebook :is(h2, h3)")].some((one) => {
            const box = one.getBoundingClientRect();
            return one.textContent.startsWith(heading) && box.height > 0
                && box.top >= 0 && box.bottom <= innerHeight;
        })""",
        arg=heading,
        timeout=20_000,
    )


def test_the_link_opens_another_lesson_at_its_cell(notebook):
    page = Page(notebook, "quiz-gd-fixture-01")
    question = QUIZZES["gd-fixture"].questions[2]
    page.begin()
    feedback = page.answer(question, mistake(question))
    page.tab_to(feedback.get_by_role("link"))
    page.keys.press("Enter")
    page.page.wait_for_function(
        "() => window.jupyterapp.shell.currentWidget.title.label === 'GradientDescent.ipynb'"
    )
    wait_until_in_sight(page.page, "3. One step downhill")
    page.page.wait_for_timeout(2000)  # its kernel is still starting
    notebook.command("application:close")


def test_without_a_kernel_the_quiz_reads_as_a_page(chromium, course, url, screenshots):
    """As in a fresh clone: saved outputs, nothing run, nothing trusted."""
    bundle = show.QuizView(read(FIXTURE))._repr_mimebundle_()[0]
    saved = {kind: bundle[kind] for kind in ("text/html", "text/plain")}
    output = new_output("execute_result", saved, execution_count=1)
    cell = new_code_cell("quiz()", id="quiz-saved-01", outputs=[output], execution_count=1)
    nbformat.write(new_notebook(cells=[cell]), course / "notebooks" / "saved.ipynb")
    opened = open_notebook(chromium, url, "notebooks/saved.ipynb")
    page = opened.page.locator(".jp-RenderedHTMLCommon")
    assert page.locator("mjx-container").count() > 10
    assert not page.get_by_text("Fifteen batches").is_visible()
    page.locator("summary").first.click()
    page.get_by_text("Fifteen batches").wait_for()
    page.locator("summary").last.click()
    opened.settle()
    opened.page.screenshot(path=screenshots / "quiz-without-kernel.png")
    assert opened.complaints == []
    opened.page.close()
