"""Explorers in JupyterLab: moved by mouse and by keyboard, found by name, quiet about the rest."""

import pytest

from lab import open_notebook

CELL = "own-explorer-08"


@pytest.fixture
def explorer(chromium, url):
    """The explorer of learning rate and batch size, as the lesson shows it, and its notebook."""
    lesson = open_notebook(chromium, url, "notebooks/OwnFramework.ipynb")
    lesson.run_cell("own-setup-01")
    lesson.type_into("own-setup-01", "from mlpkit import Linear, SGD\nimport mlpkit\n"
                     "from mlpkit import widgets")  # fmt: skip
    lesson.run_cell("own-setup-01")
    lesson.run_cell(CELL)
    panel = lesson.show(CELL).locator(".mlpkit-panel")
    panel.wait_for()
    yield lesson, panel
    assert lesson.complaints == []
    lesson.page.close()


def alt(panel):
    return panel.locator("img").get_attribute("alt")


def wait_for(lesson, panel, words):
    """Wait until the picture's words hold these."""
    lesson.page.wait_for_function(
        "([image, words]) => image.alt.includes(words)",
        arg=[panel.locator("img").element_handle(), words],
    )


def test_the_explorer_moves_by_keyboard_and_by_mouse(explorer, screenshots):
    lesson, panel = explorer
    assert "η = 0.03, B = 50." in alt(panel)
    rate = panel.get_by_label("learning rate η")
    source = panel.locator("img").get_attribute("src")
    rate.focus()
    lesson.page.keyboard.press("ArrowRight")
    wait_for(lesson, panel, "η = 0.1, B = 50.")
    assert panel.locator("img").get_attribute("src") != source
    assert rate.get_attribute("aria-valuetext") == "0.1"
    lesson.page.keyboard.press("End")
    wait_for(lesson, panel, "It diverges")
    height = panel.bounding_box()["height"]

    size = panel.get_by_label("batch size B")
    box = size.bounding_box()
    middle = box["y"] + box["height"] / 2
    lesson.page.mouse.move(box["x"] + box["width"] / 2, middle)
    lesson.page.mouse.down()
    lesson.page.mouse.move(box["x"] + box["width"] - 2, middle, steps=8)
    lesson.page.mouse.up()
    wait_for(lesson, panel, "B = 1000.")
    lesson.page.keyboard.press("Home")
    wait_for(lesson, panel, "B = 1.")
    assert panel.bounding_box()["height"] == height
    lesson.page.screenshot(path=screenshots / "explorer-batches.png")


def test_the_words_are_there_for_all_and_two_explorers_do_not_mix(explorer):
    lesson, panel = explorer
    panel.locator("summary").focus()
    lesson.page.keyboard.press("Enter")
    assert panel.locator("details p").inner_text() == alt(panel)
    lesson.type_into("own-explorer-06", "widgets.batches()")
    lesson.run_cell("own-explorer-06")
    other = lesson.show("own-explorer-06").locator(".mlpkit-panel")
    other.get_by_label("learning rate η").focus()
    lesson.page.keyboard.press("Home")
    wait_for(lesson, other, "η = 0.001, B = 50.")
    lesson.show(CELL)
    assert "η = 0.03, B = 50." in alt(panel)


def test_scores_move_by_keyboard_and_the_right_class_is_chosen_from_a_list(explorer, screenshots):
    lesson, _ = explorer
    cell = "own-cross-entropy-05"
    lesson.type_into(cell, "widgets.scores()")
    lesson.run_cell(cell)
    panel = lesson.show(cell).locator(".mlpkit-panel")
    assert "Loss 0.4076." in alt(panel)
    panel.get_by_label("score of class 0").focus()
    lesson.page.keyboard.press("End")
    wait_for(lesson, panel, "Scores 10, 2, 3; the right class is 2.")
    panel.get_by_label("right class").select_option("0")
    wait_for(lesson, panel, "the right class is 0.")
    lesson.page.screenshot(path=screenshots / "explorer-scores.png")
