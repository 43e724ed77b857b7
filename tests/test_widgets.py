from collections import namedtuple

import nbformat
import pytest
from nbclient import NotebookClient

from mlpkit.checks.kernels import Manager
from mlpkit.widgets import print_epoch, progress

Epoch = namedtuple("Epoch", "number loss accuracy val_loss val_accuracy")


def test_progress_in_a_terminal_is_a_line_that_ends_full(capsys):
    on_epoch = progress(2)
    on_epoch(Epoch(1, 0.5, 0.9, None, None))
    on_epoch(Epoch(2, 0.25, 0.9, 0.3, 0.875))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1].endswith("2 of 2 epochs, loss 0.2500, validation accuracy 87.5 %")
    assert "it/s" not in err and "?" not in err


def test_progress_closes_when_the_training_diverges(capsys):
    progress(5)(Epoch(1, float("nan"), 0.1, None, None))
    assert capsys.readouterr().err.endswith("1 of 5 epochs, loss nan\n")


def test_progress_ignores_epochs_beyond_the_last(capsys):
    on_epoch = progress(1)
    on_epoch(Epoch(1, 0.5, None, None, None))
    shown = capsys.readouterr().err
    on_epoch(Epoch(2, 0.4, None, None, None))
    assert shown and capsys.readouterr().err == ""


@pytest.mark.parametrize("epochs", [0, -1, 2.5, None, "3"])
def test_progress_refuses_a_wrong_number_of_epochs(epochs):
    with pytest.raises(ValueError, match="epochs: expected a whole number of at least 1"):
        progress(epochs)


TRAINING = """
from mlpkit import *
from mlpkit.data import moons
from mlpkit.widgets import print_epoch, progress
x, y = moons(rng=0)
net = Net(Linear(2, 2, rng=0))
bar = progress({epochs})
history = train(net, CrossEntropyLoss(), SGD(net, 0.1), x, y, epochs={epochs}, on_epoch=bar)
"""


def run(*cells):
    """Return the outputs of each cell, run in a real kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook, timeout=120, kernel_manager_class=Manager).execute()
    return [cell.outputs for cell in notebook.cells]


def test_progress_in_a_notebook_is_a_widget_whose_words_name_no_time():
    outputs = run(TRAINING.format(epochs=3), TRAINING.format(epochs=1))
    for (output,), words in zip(outputs, ["Training: 3 epochs", "Training: 1 epoch"], strict=True):
        assert output.output_type == "display_data"
        assert output.data["text/plain"] == words
        assert set(output.data) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


def test_print_epoch_prints_what_was_measured_in_one_line(capsys):
    print_epoch(Epoch(3, 0.51234567, 0.9, None, None))
    print_epoch(Epoch(1, 1.0, None, 2.0, 0.25))
    line = "epoch 1: loss 1.0000, validation loss 2.0000, validation accuracy 0.2500"
    assert capsys.readouterr().out == f"epoch 3: loss 0.5123, accuracy 0.9000\n{line}\n"
