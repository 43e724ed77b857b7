"""What `mlpkit.train` says as it goes: a progress bar, or a line of text for each epoch."""

import math
import operator

from ..i18n import N_, _, n_, say

NAMES = {
    "loss": N_("loss"),
    "accuracy": N_("accuracy"),
    "val_loss": N_("validation loss"),
    "val_accuracy": N_("validation accuracy"),
}


def print_epoch(epoch):
    """Print the numbers of an Epoch in a line: hand it to `train` as `on_epoch`."""
    if not hasattr(epoch, "val_accuracy"):
        raise TypeError(f"epoch: expected an Epoch, got {epoch!r:.60}")
    values = {words: getattr(epoch, name) for name, words in NAMES.items()}
    known = [f"{_(words)} {value:.4f}" for words, value in values.items() if value is not None]
    say(_("epoch {number}: {values}", number=epoch.number, values=", ".join(known)))


def progress(epochs):
    """Show a bar for a training of so many epochs; return what `train` wants as `on_epoch`.

    The bar, a widget or in a terminal a line of text, advances with each Epoch and shows its loss
    and validation accuracy. A saved notebook keeps one sentence: "Training: 5 epochs".
    """
    bar = open_bar(check_epochs(epochs))

    def on_epoch(epoch):
        bar.set_postfix_str(describe(epoch), refresh=False)
        bar.update()
        if bar.n >= bar.total or not math.isfinite(epoch.loss):
            bar.close()

    return on_epoch


def describe(epoch):
    """Write what stands beside the bar."""
    loss = f"{epoch.loss:.4f}"
    if epoch.val_accuracy is None:
        return _("loss {loss}", loss=loss)
    share = f"{100 * epoch.val_accuracy:.1f}"
    return _("loss {loss}, validation accuracy {share} %", loss=loss, share=share)


def open_bar(epochs):
    """Return a tqdm bar that is on display."""
    from tqdm.auto import tqdm

    class Bar(tqdm):
        monitor_interval = 0  # no thread that watches for slow bars: browsers' Python has none

    # The names in braces are tqdm's.
    form = _("{desc}: {bar} {n_fmt} of {total_fmt} epochs{postfix}")
    options = {"total": epochs, "desc": _("Training"), "bar_format": form, "miniters": 1}
    options["mininterval"] = 0  # seconds between two looks of the bar: show each epoch
    if "tqdm_notebook" not in [base.__name__ for base in tqdm.__mro__]:
        return Bar(**options)
    bar = Bar(**options, display=False)
    show(bar.container, n_("Training: {n} epoch", "Training: {n} epochs", epochs))
    return bar


def show(widget, words):
    """Display a widget with words for places that have no widgets; its own would name seconds."""
    from IPython.display import display

    display(widget._repr_mimebundle_() | {"text/plain": words}, raw=True)


def check_epochs(epochs):
    """Return epochs as an int, or raise."""
    try:
        whole = operator.index(epochs)
    except TypeError:
        whole = 0
    if whole < 1:
        raise ValueError(f"epochs: expected a whole number of at least 1, got {epochs!r}")
    return whole
