"""The notebooks keep every rule, and every rule is able to fail."""

import lint
import pytest
from execute import ROOT, english_notebooks, read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SMALL = lint.Shape(cells=14, words=(150, 350), code_lines=20, pause=True)
FACTS = "Training loss. x: epoch 1 to 3. loss: 3 points, first 0.9, last 0.1."
PICTURE = new_output("display_data", data={"image/png": "iVBORw0KGgo=", "text/plain": FACTS})
PROSE = "A sentence of a lesson has some words for each line of code that stands below it. " * 16


def prose(name, text):
    """A Markdown cell with a slide type."""
    return new_markdown_cell(text, id=name, metadata={"slideshow": {"slide_type": "slide"}})


def code(name, text, outputs=()):
    """A code cell with a slide type and outputs."""
    metadata = {"slideshow": {"slide_type": "-"}}
    return new_code_cell(text, id=name, metadata=metadata, outputs=list(outputs))


def good():
    """A small notebook that keeps every rule."""
    notebook = new_notebook(
        cells=[
            prose("own-title-01", "# Write a small lesson\n\nYou need 5 minutes."),
            code("own-setup-01", "from mlpkit import checks"),
            prose("own-net-01", f"## A net\n\n{PROSE}\n\n![a net with two layers](net.png)"),
            code("own-net-02", "# your code\ndef net():\n    return None"),
            code("own-net-03", "net = checks.net(net)"),
            prose("own-curve-01", "*Predict:* does the loss fall?"),
            code("own-curve-02", "plots.curves(history)", [PICTURE]),
            code("own-curve-03", "history"),
            code("own-pause-01", "checks.resume()", [new_output("stream", text="loss 0.25\n")]),
        ]
    )
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        cell.execution_count = number
    return notebook


def found(notebook, tmp_path):
    """The names of the rules that `notebook` breaks."""
    (tmp_path / "net.png").touch()
    lines = lint.problems(notebook, tmp_path / "Small.ipynb", SMALL)
    return {line.split(": ")[1] for line in lines}


@pytest.mark.parametrize("path", english_notebooks(), ids=lambda path: path.stem)
def test_notebook_keeps_every_rule(path):
    assert lint.problems(read(path), path) == []


def test_an_edition_keeps_the_rules_that_do_not_read_english(tmp_path):
    notebook = good()
    cell(notebook, "own-title-01").source = "# یک درس کوچک"
    cell(notebook, "own-curve-02").execution_count = None
    path = tmp_path / "fa" / "Small.ipynb"
    path.parent.mkdir()
    (path.parent / "net.png").touch()
    lines = lint.problems(notebook, path, SMALL)
    assert [line.split(":")[0] for line in lines] == ["own-curve-02"]


def test_both_english_notebooks_are_looked_at():
    names = {path.relative_to(ROOT).as_posix() for path in english_notebooks()}
    assert names >= {"notebooks/OwnFramework.ipynb", "lab/MyFW_MNIST.ipynb"}


def test_a_good_notebook_has_no_problems(tmp_path):
    assert found(good(), tmp_path) == set()


FAULTS = {}


def fault(rule):
    """Note a function that plants, in a good notebook, a fault which `rule` alone must find."""

    def note(plant):
        FAULTS.setdefault(rule, []).append(plant)
        return plant

    return note


def cell(notebook, name):
    """The cell with the id `name`."""
    return next(cell for cell in notebook.cells if cell.id == name)


def source(rule, name, text, *others):
    """Faults of `rule`, each planted as a line at the end of the cell `name`."""
    for line in (text, *others):

        def plant(notebook, line=line):
            cell(notebook, name).source += f"\n{line}"

        fault(rule)(plant)


def printed(rule, text, *others, kind="text/plain"):
    """Faults of `rule`, each planted as an output."""
    for line in (text, *others):

        def plant(notebook, line=line):
            cell(notebook, "own-setup-01").outputs = [new_output("display_data", {kind: line})]

        fault(rule)(plant)


source("no_silencing_semicolon", "own-curve-02", "history;")
source("nothing_that_cannot_repeat", "own-curve-02", "clear_output()", "input('?')", "time.time()")
source("nothing_is_ignored", "own-curve-02", "# NBVAL_IGNORE_OUTPUT", "# nbval_skip")
source("no_silenced_warnings", "own-curve-02", "warnings.simplefilter('ignore')")
source("no_silenced_warnings", "own-curve-02", "np.seterr(all='ignore')", "logging.disable()")
source("no_silenced_warnings", "own-curve-02", "with np.errstate(all='ignore'):\n    history")
source("no_absolute_paths", "own-net-01", "See /home/me/course.", r"See C:\course.")
source("no_absolute_paths", "own-curve-02", "folder = '/tmp/x'")
source("no_files_by_path", "own-curve-02", "open('a.txt')", "np.load('a.npz')", "os.getcwd()")
source("links_lead_somewhere", "own-net-01", "[the lab](nowhere.ipynb)")
source("images_have_alt_text", "own-net-01", "![](net.png)", '<img src="net.png">')
source("title_begins_with_a_verb", "own-net-01", "# A second title")
source("exercise_then_check", "own-setup-01", "# your code")
source("exercise_then_check", "own-curve-02", "checks.net(net)")
source("short_setup", "own-setup-01", "\n".join(["x = 1"] * 5))
source("few_cells_short_code", "own-curve-02", "\n".join(["x = 1"] * 20))
source("enough_prose_not_too_much", "own-curve-01", "too many words " * 30)
printed("no_addresses", "<Net at 0x7f2907c584a0>")
printed("no_absolute_paths", "saved in /home/me/my_framework.py")
printed("no_measurements_of_this_machine", "trained in 3.2 s", "120 it/s", "11 MB")
printed("small_outputs", "words " * 11_000)
printed("few_digits", "0.12345678", "12.345678")
printed("few_digits", "<b>0.12345678</b>", kind="text/html")
printed("no_rounding_noise", "largest difference 2.2e-16", "largest difference 3e-12")
printed("pictures_speak", "iVBORw0KGgo=", kind="image/png")
printed("no_widget_state", {"model_id": "a"}, kind="application/vnd.jupyter.widget-view+json")


@fault("executed_in_order")
def never_executed(notebook):
    cell(notebook, "own-net-02").execution_count = None


@fault("executed_in_order")
def executed_out_of_order(notebook):
    first, second = cell(notebook, "own-net-02"), cell(notebook, "own-net-03")
    first.execution_count, second.execution_count = second.execution_count, first.execution_count


@fault("no_error_output")
def error_saved(notebook):
    output = new_output("error", ename="ValueError", evalue="", traceback=[])
    cell(notebook, "own-net-02").outputs = [output]


@fault("no_error_output")
def warning_saved(notebook):
    cell(notebook, "own-net-02").outputs = [new_output("stream", name="stderr", text="warning")]


@fault("nothing_is_ignored")
def tagged_to_be_ignored(notebook):
    cell(notebook, "own-net-02").metadata["tags"] = ["nbval-ignore-output"]


@fault("no_widget_state")
def widget_state_saved(notebook):
    notebook.metadata["widgets"] = {}


@fault("pictures_speak")
def figure_without_facts(notebook):
    data = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480 with 1 Axes>"}
    cell(notebook, "own-curve-02").outputs = [new_output("display_data", data)]


@fault("readable_unique_ids")
def random_id(notebook):
    cell(notebook, "own-net-02").id = "a1b2c3d4"


@fault("readable_unique_ids")
def id_of_another_lesson(notebook):
    cell(notebook, "own-net-02").id = "lab-net-02"


@fault("readable_unique_ids")
def same_id_twice(notebook):
    cell(notebook, "own-net-02").id = "own-net-03"


@fault("slides")
def no_slide_type(notebook):
    del cell(notebook, "own-net-02").metadata["slideshow"]


@fault("title_begins_with_a_verb")
def title_is_a_noun(notebook):
    title = cell(notebook, "own-title-01")
    title.source = title.source.replace("# Write a small", "# The small")


@fault("says_how_long_it_takes")
def no_minutes(notebook):
    title = cell(notebook, "own-title-01")
    title.source = title.source.replace("minutes", "patience")


@fault("enough_prose_not_too_much")
def too_few_words(notebook):
    cell(notebook, "own-net-01").source = "## A net"


@fault("few_cells_short_code")
def too_many_cells(notebook):
    notebook.cells += [prose(f"own-more-{n:02}", "*Predict:* more?") for n in range(6)]


@fault("few_cells_short_code")
def long_median(notebook):
    for name in ("own-net-02", "own-curve-02", "own-curve-03"):
        cell(notebook, name).source += "\nx = 1" * 5


@fault("reader_acts")
def reader_only_reads(notebook):
    notebook.cells += [prose(f"own-read-{n:02}", "Read on.") for n in range(4)]


@fault("exercise_then_check")
def check_is_missing(notebook):
    cell(notebook, "own-net-03").source = "net"


@fault("exercise_then_check")
def check_without_exercise(notebook):
    cell(notebook, "own-net-02").source = "net = None"


@fault("explorers_run_the_readers_own")
def explorer_without_what_was_written(notebook):
    cell(notebook, "own-net-03").source = "update = checks.update(update)"
    cell(notebook, "own-curve-03").source = "widgets.descent()"


@fault("explorers_run_the_readers_own")
def explorer_without_what_was_resumed(notebook):
    more = code("own-batches-01", "widgets.batches(Linear, mlpkit.SquaredLoss, mlpkit.SGD)")
    more.execution_count = 7
    notebook.cells.append(more)


@fault("one_pause")
def no_pause(notebook):
    cell(notebook, "own-pause-01").source = "net"


@pytest.mark.parametrize(
    ("rule", "plant"),
    [
        pytest.param(rule, plant, id=f"{rule}-{number}")
        for rule, plants in FAULTS.items()
        for number, plant in enumerate(plants, start=1)
    ],
)
def test_rule_finds_the_planted_fault(rule, plant, tmp_path):
    notebook = good()
    plant(notebook)
    assert found(notebook, tmp_path) == {rule}


def test_every_rule_has_a_planted_fault():
    assert {rule.__name__ for rule in lint.RULES} == set(FAULTS)


def test_words_are_what_a_reader_reads():
    text = "**Language:** English · [ไทย](th/Lesson.ipynb)\n\n"
    text += (
        "Two **words**, $x = y$ and `code` [a link](https://example.org) <b>here</b>\n```\nx\n```"
    )
    assert lint.word_count(text) == 7


def test_one_class_may_be_longer_than_other_code():
    one_class = "class Linear:\n" + "\n".join(f"    x{n} = {n}" for n in range(18))
    assert lint.is_one_class(one_class)
    assert not lint.is_one_class(one_class + "\nx = 1")
