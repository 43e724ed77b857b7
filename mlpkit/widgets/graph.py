"""A walk through a computational graph: values step by step forward, then gradients backward.

The numbers are those of the learner's own layers, or of a small expression with its inputs as
sliders.
"""

import math

from ..i18n import N_, _
from ..plots.graph import Stepper, computed, input_values
from ..plots.nodes import plain, shown
from ..plots.steps import step_count, step_name
from .panel import Button, Choice, Explorer

EXAMPLE = "z = x**5 + 9; y = 8*z**3 + z**2 + 5"
VALUES = 41  # of each input's slider
TENTH = 0.1  # from value to value, for inputs below 20


def around(value):
    """A tuple of numbers around the value, which is exactly the middle one."""
    step = TENTH if abs(value) < 20 else 10.0 ** (math.floor(math.log10(abs(value))) - 1)
    places = range(-(VALUES // 2), VALUES // 2 + 1)
    return tuple(round(value + k * step, 9) + 0.0 if k else value for k in places)


class Graph(Explorer):
    """The explorer: one slider for the steps, and one for each input of an expression."""

    title = N_("Computational graph, step by step")
    buttons = (Button("back", N_("Back")), Button("next", N_("Next")))

    def __init__(self, what, loss, x, y, inputs):
        self.graph, self.run, self.formula = computed(what, loss, x, y, inputs)
        self.starts = input_values(self.formula, loss, x, y, inputs) if self.formula else {}
        self.stepper = Stepper(self.graph, self.run, self.formula)
        self.last = step_count(self.graph)
        self.inputs = self.free_names()
        self.choices = (self.steps(), *map(self.slider, self.inputs))
        super().__init__()

    def free_names(self):
        """{control: input}: the input's name, with _ after it if the explorer itself uses it."""
        own = {*dir(self), "panel", "picture", "choices", "last", "inputs", "step", "self"}
        taken, names = own | self.starts.keys(), {}
        for name in self.starts:
            control = name
            while control in (own if control == name else taken):
                control += "_"
            taken.add(control)
            names[control] = name
        return names

    def steps(self):
        """The control that goes from step to step."""
        places = tuple(range(self.last + 1))
        names = tuple(step_name(self.graph, step) for step in places)
        return Choice("step", N_("step"), places, 0, names)

    def slider(self, id):
        """The control of one input."""
        name = self.inputs[id]
        values = around(self.starts[name])
        label = _("input {name}", name=shown(name))
        return Choice(id, label, values, self.starts[name], tuple(map(plain, values)))

    def look(self, step, **inputs):
        """Compute with these inputs, and show what is known after this step."""
        if self.formula:
            self.run = self.formula.run({self.inputs[id]: value for id, value in inputs.items()})
        return self.stepper.sketch(self.run, step)

    def press(self, button):
        """Go one step back or on."""
        move = 1 if button == "next" else -1
        self.step.value = min(max(self.step.value + move, 0), self.last)

    def update(self):
        super().update()
        ends = {0: ["back"], self.last: ["next"]}
        self.panel.off = ends.get(self.step.value, [])


def graph(what=EXAMPLE, loss=None, x=None, y=None, **inputs):
    """Step through an expression, as graph("w*x + b", w=2, x=3, b=1), or your own net.

    A net: with its loss and one sample, x (features,) and its label or target y.
    """
    if isinstance(what, str) and what == EXAMPLE and x is None:
        x = 1
    return Graph(what, loss, x, y, inputs)
