"""The part that all explorers share: labeled controls, a picture, and its facts in words.

An explorer is a thin view. It names its controls, and `look(**values)` computes and draws: it
returns a mlpkit.plots.Picture. The controls are the page's own (range inputs, lists, buttons), so
they have labels for screen readers, and the keyboard works.
"""

from math import isfinite
from pathlib import Path
from typing import NamedTuple

import anywidget
import traitlets

from ..i18n import N_, PAGE_STYLE, _, direction, language
from ..i18n.errors import told

HERE = Path(__file__).parent


def check_parts(**parts):
    """Raise TypeError unless each of a learner's parts is a class or a function."""
    for name, part in parts.items():
        if not callable(part):
            raise TypeError(f"{name}: expected a class or a function, got {part!r:.60}")


class Choice(NamedTuple):
    """A control: one of several values; a slider if `kind` is "slider", a list if "choice"."""

    id: str
    label: str
    values: tuple
    start: object
    shown: tuple = ()  # how each value is written; by default as Python writes it
    kind: str = "slider"

    def spec(self):
        """What the view needs to know."""
        shown = [_(text) for text in map(str, self.shown or self.values)]
        return {"id": self.id, "kind": self.kind, "label": _(self.label), "shown": shown}

    def place(self, value):
        """The place of a value, which is what the page sends and gets; or ValueError."""
        try:
            return self.values.index(value)
        except ValueError:  # it is none of them, or an array, which equals nothing as a whole
            known = ", ".join(map(str, self.values))
            message = f"{self.id}: expected one of {known}, got {value!r:.60}"
            raise ValueError(message) from None

    def value(self, place):
        """The value at a place."""
        return self.values[place]


class Strokes(NamedTuple):
    """A control to draw on by mouse, touch or keyboard: a list of strokes, lists of points (x, y).

    Both go from 0 to 1, x from the left, y from the top.
    """

    id: str
    label: str
    start: tuple = ()
    size: int = 224  # pixels
    kind: str = "strokes"
    help: str = N_(
        "By keyboard: arrow keys move the pen, Space puts it down or lifts it, Delete clears."
    )

    def spec(self):
        """What the view needs to know."""
        texts = {"label": _(self.label), "help": _(self.help), "clear": _("Clear")}
        return {"id": self.id, "kind": self.kind, "size": self.size} | texts

    def place(self, value):
        """What is sent to the page for strokes; or ValueError."""
        wanted = "strokes, each a list of points (x, y) of finite numbers"
        error = ValueError(f"{self.id}: expected {wanted}, got {value!r:.60}")
        try:
            strokes = [[[float(x), float(y)] for x, y in stroke] for stroke in value]
        except (TypeError, ValueError, OverflowError):
            raise error from None
        if not all(isfinite(number) for stroke in strokes for point in stroke for number in point):
            raise error
        return strokes

    def value(self, place):
        """The strokes that the page has sent."""
        return place


class Button(NamedTuple):
    """A button: its id and what is written on it."""

    id: str
    label: str

    def spec(self):
        """What the view needs to know."""
        return {"id": self.id, "label": _(self.label)}


class Panel(anywidget.AnyWidget):
    """The live view in the page; `values` are the places of the chosen values."""

    _esm = HERE / "panel.js"
    _css = PAGE_STYLE + (HERE / "panel.css").read_text(encoding="utf-8")
    lang = traitlets.Unicode().tag(sync=True)
    dir = traitlets.Unicode().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    controls = traitlets.List().tag(sync=True)
    buttons = traitlets.List().tag(sync=True)
    off = traitlets.List().tag(sync=True)  # the buttons that do nothing now
    unused = traitlets.List().tag(sync=True)  # the controls that do nothing now
    running = traitlets.Bool(False).tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    picture = traitlets.Bytes().tag(sync=True)
    mime = traitlets.Unicode("image/png").tag(sync=True)
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
        return self.choice.value(self.explorer.panel.values[self.choice.id])

    @value.setter
    def value(self, value):
        place = self.choice.place(value)
        self.explorer.panel.values = self.explorer.panel.values | {self.choice.id: place}


class Explorer:
    """A picture with controls. Subclasses set `title` and `choices`, and write look(**values)."""

    title = ""
    choices = ()
    buttons = ()

    def __init__(self):
        self.panel = Panel(
            lang=language(),
            dir=direction(),
            title=_(self.title),
            summary=_("What the picture shows, in words"),
            controls=[c.spec() for c in self.choices],
            buttons=[b.spec() for b in self.buttons],
            values={c.id: c.place(c.start) for c in self.choices},
        )
        for choice in self.choices:
            setattr(self, choice.id, Knob(self, choice))
        self.begin()
        self.update()
        self.panel.observe(self.moved, names="values")
        self.panel.on_msg(lambda panel, message, buffers: self.hear(message))

    def values(self):
        """The chosen values, by the control's id."""
        return {c.id: c.value(self.panel.values[c.id]) for c in self.choices}

    def begin(self):
        """Get ready for the first picture; the controls have their values already."""

    def look(self, **values):
        """Return the Picture for these values."""
        raise NotImplementedError

    def unused(self, **values):
        """The ids of the controls that do nothing with these values: the page hides them."""
        return []

    def press(self, button):
        """Do what the button of this id does; explorers with buttons write it."""
        raise NotImplementedError

    def update(self):
        """Compute and draw anew, and send picture and words to the page."""
        values = self.values()
        picture = self.look(**values)
        image = picture.quick_image()
        width, height = picture.figure.canvas.get_width_height()
        if not self.panel.shown:
            self.panel.width, self.panel.height = width, height
        with self.panel.hold_sync():
            self.panel.picture, self.panel.mime = image, picture.mime
            self.panel.facts, self.panel.unused = picture.facts, list(self.unused(**values))
            self.panel.shown += 1
        self.picture = picture

    def moved(self, change):
        """A control was moved, in the page or from Python."""
        self.guarded(self.update)

    def hear(self, message):
        """The page says that a button was pressed."""
        if message.get("press") in [b.id for b in self.buttons]:
            self.guarded(lambda: self.press(message["press"]))

    def guarded(self, action):
        """Do it. What goes wrong in the learner's code is shown in the panel, not in a log."""
        try:
            self.panel.message = ""
            action()
        except Exception as error:
            self.fail(error)
        except KeyboardInterrupt:
            self.panel.shown += 1  # the page waits for an answer to its move
            raise

    def fail(self, error):
        """Show an exception in the panel; the picture stays as it was."""
        kind = type(error).__name__
        text = told(str(error))
        self.panel.message = _("Your code stopped with {kind}: {error}", kind=kind, error=text)
        self.panel.shown += 1  # the page waits for an answer to its move

    def facts(self):
        """The words of the picture that is shown."""
        return self.picture.facts

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle, metadata = self.picture._repr_mimebundle_()
        live = self.panel._repr_mimebundle_()
        live = live[0] if isinstance(live, tuple) else live
        return live | bundle, metadata
