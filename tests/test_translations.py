"""The translations of this repository are complete, right, and built."""

import english
import lint
import pytest
from execute import ROOT, read, translated_notebooks
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from mlpkit.i18n import translate


def test_catalogs_and_editions_have_no_problems():
    assert translate.check_all(ROOT) == []


editions = pytest.mark.parametrize(
    "path", translated_notebooks(), ids=lambda path: f"{path.parent.name}-{path.stem}"
)


@editions
def test_edition_keeps_every_rule(path):
    assert lint.problems(read(path), path) == []


@editions
def test_edition_shows_no_english(path):
    found = {cell.id: english.rows_of(cell) for cell in read(path).cells}
    assert {cell_id: rows for cell_id, rows in found.items() if rows} == {}


@pytest.mark.parametrize(
    "source",
    [
        "درست **you may go** on",
        "- یک\n- the loss\n  becomes smaller",
        "<details><summary>پاسخ</summary>\n\nIt is not folded away.\n</details>",
        '<img src="a.png" alt="A net with two layers.">',
        "[read the other lesson](../Backpropagation.ipynb)",
        "`code`، then words go on",
    ],
)
def test_english_that_is_left_is_found(source):
    assert len(english.rows_of(new_markdown_cell(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "گرادیان (stochastic gradient descent) و SGD",
        "Linear، ReLU, Tanh, Sigmoid, SGD",
        "$a b c d e$ و `for all of them`",
        "[Neural Networks and Deep Learning](http://neuralnetworksanddeeplearning.com)",
        "سه کلمه Yann André LeCun\n\nAnd a paragraph",
    ],
)
def test_names_code_and_works_are_no_english(source):
    assert english.rows_of(new_markdown_cell(source)) == []


def test_english_in_outputs_is_found_but_not_what_code_prints():
    sentence = "It is not translated"
    card = {"text/html": f"<b>✗ {sentence}</b>", "text/plain": "درست"}
    picture = {"image/png": "", "text/plain": f"<{sentence}>"}
    outputs = [new_output("display_data", card), new_output("display_data", picture)]
    outputs.append(new_output("stream", text=f"{sentence}\n"))
    assert english.rows_of(new_code_cell("", outputs=outputs)) == [sentence, sentence]
