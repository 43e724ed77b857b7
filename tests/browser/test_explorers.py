"""Explorers in JupyterLab: moved by mouse and by keyboard, found by name, quiet about the rest."""

from contextlib import ExitStack

import pytest
from axe_playwright_python.sync_playwright import Axe
from explorers import CELLS, Panel, open_explorers
from strokes import DIGITS, PLACES, placed

from lab import open_notebook, server

PLAYERS = [cell_id for cell_id in CELLS if cell_id.split("-")[1] in ("training", "mnist")]
WIDTHS = (1280, 800)
# The cells of the lab that train its best net.
BEST_NET = ["setup-01", "setup-02", "look-02", "scale-pixels-01", "scale-pixels-02", "holdout-02"]
BEST_NET += ["teach-02", "teach-03", "nudge-01", "three-layers-01", "three-layers-02", "three-02"]


@pytest.fixture(scope="module")
def themes(chromium, course, tmp_path_factory):
    """The notebook of explorers in each theme, which is a setting of the server."""
    with ExitStack() as stack:
        opened = {}
        for theme in ("light", "dark"):
            home, dark = tmp_path_factory.mktemp(theme), theme == "dark"
            address = stack.enter_context(server(course, home, dark))
            opened[theme] = open_explorers(chromium, address, course, dark)
            shown = opened[theme].page.locator("body").get_attribute("data-jp-theme-light")
            assert (shown == "false") == dark
        yield opened
        assert [notebook.complaints for notebook in opened.values()] == [[], []]
        for notebook in opened.values():
            notebook.page.close()


@pytest.fixture
def notebook(themes):
    """The notebook of explorers in the light theme."""
    return themes["light"]


@pytest.fixture(params=CELLS)
def panel(request, notebook):
    """One explorer, and the height of its output."""
    found = Panel(notebook, request.param)
    height = found.root.bounding_box()["height"]
    yield found
    assert found.root.bounding_box()["height"] == height
    assert found.root.locator(".mlpkit-message").inner_text() == ""


def test_every_slider_moves_by_mouse_and_by_keyboard(panel):
    for name in panel.names("input[type=range]:visible"):
        slider = panel.control(name)
        if not slider.is_visible():  # the slider before has made it useless
            continue
        slider.focus()
        panel.page.keyboard.press("Home")
        panel.page.wait_for_timeout(150)
        for key in ("End", "ArrowLeft"):
            before, text = panel.source(), slider.get_attribute("aria-valuetext")
            panel.page.keyboard.press(key)
            panel.wait_for_change(before)
            assert slider.get_attribute("aria-valuetext") != text
        before, words = panel.source(), panel.alt()
        panel.drag(name, 1, 0.3)
        panel.wait_for_change(before)
        panel.page.wait_for_timeout(300)
        assert panel.alt() != words


def test_every_list_is_chosen_from_by_keyboard(panel):
    for name in panel.names("select"):
        box = panel.control(name)
        box.focus()
        first = box.evaluate("box => box.value")
        before, words = panel.source(), panel.alt()
        panel.page.keyboard.press("ArrowDown" if first == "0" else "ArrowUp")
        panel.wait_for_change(before)
        panel.page.wait_for_timeout(200)
        assert panel.alt() != words or name == "speed"  # which shows only while it trains
        box.select_option(first)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_screen_reader_finds_every_control_and_picture(themes, theme):
    """axe-core, over what the explorers show; not over JupyterLab's own page."""
    notebook = themes[theme]
    for cell_id in CELLS:
        Panel(notebook, cell_id)
        found = Axe().run(notebook.page, context={"include": [[".mlpkit-panel"]]})
        assert [v["id"] for v in found.response["violations"]] == [], found.generate_report()


def test_the_words_of_the_picture_can_be_unfolded(notebook):
    panel = Panel(notebook, "explorer-scores-01")
    panel.root.locator("summary").focus()
    panel.page.keyboard.press("Enter")
    assert panel.root.locator("details p").inner_text() == panel.alt()
    panel.page.keyboard.press("Enter")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_cut_off_at_any_width(themes, theme, screenshots):
    notebook = themes[theme]
    for width in WIDTHS:
        notebook.page.set_viewport_size({"width": width, "height": 900})
        for cell_id in CELLS:
            panel = Panel(notebook, cell_id)
            outer = panel.root.bounding_box()
            for part in ("img", ".mlpkit-controls", ".mlpkit-buttons"):
                for box in [one.bounding_box() for one in panel.root.locator(part).all()]:
                    assert box["x"] >= outer["x"] - 1
                    assert box["x"] + box["width"] <= outer["x"] + outer["width"] + 1
            name = f"{cell_id}-{theme}-{width}.png"
            notebook.page.screenshot(path=screenshots / name)
    notebook.page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.mark.parametrize("cell_id", PLAYERS)
def test_train_stop_step_and_rewind(notebook, cell_id):
    panel = Panel(notebook, cell_id)
    panel.press("Rewind")
    panel.page.wait_for_timeout(300)
    first, words = panel.pixels(), panel.alt()
    panel.press("Step")
    panel.page.wait_for_function(
        "([image, words]) => image.alt !== words", arg=[panel.image.element_handle(), words]
    )
    panel.press("Train")
    panel.page.wait_for_timeout(800)
    panel.press("Stop")
    panel.page.wait_for_function("root => root.dataset.running === 'false'",
                                 arg=panel.root.element_handle())  # fmt: skip
    panel.page.wait_for_timeout(200)
    stopped = panel.alt()
    panel.page.wait_for_timeout(300)
    assert panel.alt() == stopped != words
    panel.press("Rewind")
    panel.wait_for(words)
    assert panel.pixels() == first


def test_the_learning_rate_changes_while_it_trains(notebook):
    notebook.run_cell("explorer-training-01")
    panel = Panel(notebook, "explorer-training-01")
    panel.control("speed").select_option(label="slow: epoch by epoch")
    panel.press("Train")
    panel.page.wait_for_timeout(300)
    panel.control("learning rate η").focus()
    panel.page.keyboard.press("ArrowLeft")
    panel.wait_for("η = 0.2,")
    assert panel.root.get_attribute("data-running") == "true"
    panel.page.keyboard.press("ArrowRight")
    panel.press("Rewind")


def test_running_the_cell_again_stops_the_old_training(notebook):
    cell_id = "explorer-training-01"
    panel = Panel(notebook, cell_id)
    panel.press("Rewind")
    panel.press("Train")
    panel.page.wait_for_timeout(300)
    notebook.run_cell(cell_id)
    assert "After 0 updates" in Panel(notebook, cell_id).alt()
    notebook.type_into("explorer-setup-01", "from mlpkit.widgets.player import PLAYERS\n"
                       "sum(player.task is not None for player in PLAYERS)")  # fmt: skip
    assert notebook.run_cell("explorer-setup-01") == "0"


def test_two_explorers_of_the_same_kind_do_not_mix(notebook):
    notebook.type_into("explorer-setup-01", "from mlpkit import widgets\nwidgets.batches()")
    notebook.run_cell("explorer-setup-01")
    other = Panel(notebook, "explorer-setup-01")
    other.control("learning rate η").focus()
    other.page.keyboard.press("Home")
    other.wait_for("η = 0.001, B = 50.")
    panel = Panel(notebook, "explorer-batches-01")
    assert "η = 0.001, B = 50." not in panel.alt()


def test_a_digit_is_drawn_by_keyboard_alone(notebook):
    panel = Panel(notebook, "explorer-draw-01")
    keys = panel.page.keyboard
    panel.root.locator("canvas").focus()
    keys.press("Delete")
    panel.wait_for("Nothing is drawn yet.")
    for _ in range(8):
        keys.press("ArrowUp")
    keys.press("Space")
    for _ in range(16):
        keys.press("ArrowDown")
    keys.press("Space")
    panel.wait_for("The net reads")
    panel.page.wait_for_timeout(300)
    assert panel.root.locator("canvas").evaluate(
        "canvas => [...canvas.getContext('2d').getImageData(110, 60, 4, 80).data].some(v => v < 90)"
    )
    panel.root.get_by_role("button", name="Clear").focus()
    keys.press("Enter")
    panel.wait_for("Nothing is drawn yet.")


def test_the_labs_best_net_reads_digits_drawn_by_hand(chromium, url, screenshots):
    """Ten digits, each drawn with the mouse small, large and off-center."""
    lab = open_notebook(chromium, url, "lab/MyFW_MNIST.ipynb")
    for name in BEST_NET:
        lab.run_cell(f"lab-{name}", seconds=300)
    assert "at least 98.2 %" in lab.words("lab-three-02")
    lab.run_cell("lab-draw-02")
    panel, read = Panel(lab, "lab-draw-02"), {}
    for digit, strokes in DIGITS.items():
        for place, where in PLACES.items():
            panel.press("Clear")
            panel.wait_for("Nothing is drawn yet.")
            panel.draw(placed(strokes, *where))
            panel.page.wait_for_timeout(400)
            read[digit, place] = panel.alt().startswith(f"The net reads {digit}.")
    panel.page.screenshot(path=screenshots / "draw-a-digit.png")
    assert sum(read.values()) >= 27, [key for key, right in read.items() if not right]
    assert lab.complaints == []
    lab.page.close()
