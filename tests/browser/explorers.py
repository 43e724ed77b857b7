"""The explorers of the course in one notebook, and how a browser test moves them."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from lab import open_notebook

SETUP = """
import numpy as np
from mlpkit import Linear, Net, ReLU, data, widgets
from mlpkit.checks import reference
"""
# Cell id -> what the cell holds. The net that reads digits learns in a second, and learns enough.
CELLS = {
    "explorer-losses-01": "widgets.losses()",
    "explorer-scores-01": "widgets.scores()",
    "explorer-descent-01": "widgets.descent()",
    "explorer-graph-01": "widgets.graph()",
    "explorer-paths-01": "widgets.paths()",
    "explorer-deltas-01": "widgets.deltas()",
    "explorer-batches-01": "widgets.batches()",
    "explorer-gradient-check-01": "widgets.gradient_check()",
    "explorer-activations-01": "widgets.activations()",
    "explorer-training-01": "widgets.training()",
    "explorer-mnist-01": """
(x, y), held_out = data.mnist()
widgets.mnist_training(reference.two_layers, x[:20000], y[:20000], held_out)
""",
    "explorer-draw-01": "widgets.draw_digit(Net(Linear(784, 32, 0), ReLU(), Linear(32, 10, 1)))",
}


def write_notebook(path):
    """Write a notebook with a cell for each explorer."""
    cells = [new_code_cell(SETUP.strip(), id="explorer-setup-01")]
    cells += [new_code_cell(code.strip(), id=cell_id) for cell_id, code in CELLS.items()]
    nbformat.write(new_notebook(cells=cells), path)


def open_explorers(chromium, url, course, dark=False):
    """Open and run the notebook of explorers."""
    write_notebook(course / "explorers.ipynb")
    notebook = open_notebook(chromium, url, "explorers.ipynb", dark)
    notebook.run_all()
    assert notebook.errors() == []
    return notebook


class Panel:
    """An explorer in the page."""

    def __init__(self, notebook, cell_id):
        self.page = notebook.page
        self.root = notebook.show(cell_id).locator(".mlpkit-panel")
        self.root.wait_for()
        self.image = self.root.locator("img")

    def alt(self):
        """The words of the picture that is shown."""
        return self.image.get_attribute("alt")

    def source(self):
        """The address of the picture: each picture has its own."""
        return self.image.get_attribute("src")

    def pixels(self):
        """The picture itself, as PNG bytes."""
        return bytes(
            self.image.evaluate(
                "async image => [...new Uint8Array(await (await fetch(image.src)).arrayBuffer())]"
            )
        )

    def wait_for(self, words):
        """Wait until the words of the picture hold these."""
        self.page.wait_for_function(
            "([image, words]) => image.alt.includes(words)",
            arg=[self.image.element_handle(), words],
        )

    def wait_for_change(self, source):
        """Wait until another picture than `source` is shown."""
        self.page.wait_for_function(
            "([image, source]) => image.src !== source && image.complete",
            arg=[self.image.element_handle(), source],
        )

    def names(self, selector):
        """The labels of the controls that a CSS selector finds, as the page shows them."""
        return self.root.locator(selector).evaluate_all(
            "found => found.map(one => one.labels[0].textContent)"
        )

    def control(self, name):
        """The slider or list of this label."""
        return self.root.get_by_label(name, exact=True)

    def drag(self, name, begin, end, steps=8):
        """Drag the handle of a slider with the mouse, between two shares of its length."""
        slider = self.control(name)
        slider.scroll_into_view_if_needed()
        box = slider.bounding_box()
        middle = box["y"] + box["height"] / 2
        at = [box["x"] + 8 + share * (box["width"] - 16) for share in (begin, end)]
        self.page.mouse.move(at[0], middle)
        self.page.mouse.down()
        self.page.mouse.move(at[1], middle, steps=steps)
        self.page.mouse.up()

    def press(self, name):
        """Press a button with the mouse."""
        self.root.get_by_role("button", name=name).click()

    def draw(self, strokes):
        """Draw strokes with the mouse on the drawing area."""
        canvas = self.root.locator("canvas")
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        for stroke in strokes:
            points = [
                (box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke
            ]
            self.page.mouse.move(*points[0])
            self.page.mouse.down()
            for point in points[1:]:
                self.page.mouse.move(*point)
            self.page.mouse.up()
