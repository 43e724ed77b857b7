"""The part that all explorers share: labeled controls, a picture, and its facts in words.

An explorer is a thin view. It names its controls, and `look(**values)` computes and draws: it
returns a mlpkit.plots.Picture. The controls are the page's own (range inputs and lists), so they
have labels for screen readers, and the keyboard works.
"""

from pathlib import Path
from typing import NamedTuple

import anywidget
import traitlets

from ..i18n import _

HERE = Path(__file__).parent


class Choice(NamedTuple):
    """A control: one of several values; a slider if `kind` is "slider", else a list."""

    id: str
    label: str
    values: tuple
    start: object
    shown: tuple = ()  # how each value is written; by default as Python writes it
    kind: str = "slider"

    def spec(self):
        """What the view needs to know."""
        shown = [str(text) for text in self.shown or self.values]
        return {
            "id": self.id,
            "kind": self.kind,
            "label": _(self.label),
            "shown": shown,
            "options": shown,
        }


class Panel(anywidget.AnyWidget):
    """The live view in the page; `values` are the places of the chosen values."""

    _esm = HERE / "panel.js"
    _css = HERE / "panel.css"
    title = traitlets.Unicode().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    facts = traitlets.Unicode().tag(sync=True)
    width = traitlets.Int().tag(sync=True)
    height = traitlets.Int().tag(sync=True)
    shown = traitlets.Int(0).tag(sync=True)  # grows with each picture, the last to be sent


class Knob:
    """A control from Python's side: `explorer.lr.value = 0.5` moves it."""

    def __init__(self, explorer, choice):
        self.explorer, self.choice = explorer, choice

    @property
    def value(self):
        return self.choice.values[self.explorer.panel.values[self.choice.id]]

    @value.setter
    def value(self, value):
        if value not in self.choice.values:
            name, values = self.choice.id, ", ".join(map(str, self.choice.values))
            raise ValueError(f"{name}: expected one of {values}, got {value!r}")
        place = self.choice.values.index(value)
        self.explorer.panel.values = self.explorer.panel.values | {self.choice.id: place}


class Explorer:
    """A picture with controls. Subclasses set `title` and `choices`, and write look(**values)."""

    title = ""
    choices = ()

    def __init__(self):
        start = {c.id: c.values.index(c.start) for c in self.choices}
        self.panel = Panel(
            title=_(self.title),
            summary=_("What the picture shows, in words"),
            controls=[c.spec() for c in self.choices],
            values=start,
        )
        for choice in self.choices:
            setattr(self, choice.id, Knob(self, choice))
        self.update()
        self.panel.observe(lambda change: self.update(), names="values")

    def look(self, **values):
        """Return the Picture for these values."""
        raise NotImplementedError

    def update(self):
        """Compute and draw anew, and send picture and words to the page."""
        values = {c.id: c.values[self.panel.values[c.id]] for c in self.choices}
        picture = self.look(**values)
        png = picture.quick_png()
        width, height = picture.figure.canvas.get_width_height()
        self.panel.width, self.panel.height = width, height
        with self.panel.hold_sync():
            self.panel.picture, self.panel.facts = png, picture.facts
            self.panel.shown += 1
        self.picture = picture

    def facts(self):
        """The words of the picture that is shown."""
        return self.picture.facts

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle, metadata = self.picture._repr_mimebundle_()
        live = self.panel._repr_mimebundle_()
        live = live[0] if isinstance(live, tuple) else live
        return live | bundle, metadata
