"""Execute notebooks top to bottom on a fresh kernel; save outputs that are the same every time.

`make notebooks` runs this file. What an editor or a kernel leaves behind is taken out: times,
random widget ids, the Python version, the state of widgets. An edition in another language speaks
that language: it is the name of the folder in which the notebook lies.
"""

import argparse
import os
import re
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from mlpkit.checks.kernels import Manager
from mlpkit.i18n import speak_utf8
from mlpkit.i18n.editions import LANGUAGES, editions

ROOT = Path(__file__).resolve().parents[2]
CELL_TIMEOUT = 120  # seconds
KEPT_CELL_METADATA = {"slideshow", "tags"}
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def english_notebooks():
    """The notebooks that people write, in reading order; editions in other languages are built."""
    return sorted(ROOT.glob("notebooks/*.ipynb")) + sorted(ROOT.glob("lab/*.ipynb"))


def translated_notebooks():
    """The editions of the notebooks in other languages, as they are built."""
    return [ROOT / edition.path for edition in editions() if edition.path.endswith(".ipynb")]


def language_of(path):
    """The language of the notebook in the file `path`."""
    folder = Path(path).resolve().parent.name
    return folder if folder in LANGUAGES else "en"


def is_executed(notebook):
    """Whether every code cell was executed, in order."""
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    return counts == list(range(1, len(counts) + 1))


def read(path):
    """The notebook in the file `path`."""
    return nbformat.read(path, as_version=4)


def solved(notebook, folder):
    """A copy of `notebook` with each cell's answer put in: the file <cell id>.py in `folder`."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        answer = Path(folder, f"{cell.id}.py")
        if answer.is_file():
            cell.source = answer.read_text(encoding="utf-8").rstrip("\n")
    return copy


def run(notebook, home, language="en"):
    """Execute `notebook` in place, its messages in `language`.

    What the learner's code saves goes to the folder `home`. The working directory is empty and
    elsewhere, so nothing can depend on it.

    Raises CellExecutionError at the first cell that fails.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as elsewhere:
        client = NotebookClient(
            notebook,
            kernel_manager_class=Manager,
            timeout=CELL_TIMEOUT,
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": elsewhere}},
        )
        client.execute(env=os.environ | {"MLPKIT_HOME": str(home), "MLPKIT_LANG": language})
    return notebook


def normalize(notebook):
    """Take out of `notebook`, in place, what differs from run to run and from editor to editor."""
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        kept = {key: value for key, value in cell.metadata.items() if key in KEPT_CELL_METADATA}
        cell.metadata = nbformat.from_dict(kept)
        if cell.cell_type == "code":
            cell.outputs = joined_streams(without_widget_views(cell.outputs))
    return notebook


def without_widget_views(outputs):
    """The outputs without the live views of widgets; their pictures and words stay."""
    kept = []
    for output in outputs:
        was_view = output.get("data", {}).pop(WIDGET_VIEW, None) is not None
        if not (was_view and not output.data):
            kept.append(output)
    return kept


def joined_streams(outputs):
    """The outputs with neighboring pieces of one stream joined: how a text is cut is chance."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output.output_type == "stream" and last.get("name") == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def write(notebook, path):
    """Save `notebook` with the same line endings on every system."""
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def main():
    """Execute the notebooks named on the command line; stop at the first that fails."""
    speak_utf8()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--unexecuted",
        action="store_true",
        help="only the editions in other languages that have a cell without its outputs",
    )
    parser.add_argument("notebooks", nargs="*", type=Path, default=english_notebooks())
    options = parser.parse_args()
    paths = options.notebooks
    if options.unexecuted:
        paths = [path for path in translated_notebooks() if not is_executed(read(path))]
    for path in paths:
        execute(path)
        print(f"{path}: executed and saved")


def execute(path):
    """Execute the notebook in the file `path` and save it; exit if a cell fails."""
    notebook = read(path)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        try:
            run(notebook, home, language_of(path))
        except CellExecutionError as error:
            sys.exit(f"{path}: not saved, a cell failed\n{without_colors(str(error))}")
    write(normalize(notebook), path)


def without_colors(text):
    """The text without the terminal color codes of IPython's tracebacks."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


if __name__ == "__main__":
    main()
