"""The way through a computational graph in steps, forward and then backward, and it in words."""

from typing import NamedTuple

import numpy as np

from ..i18n import _
from .netgraph import written
from .nodes import factor, plain
from .words import facts, sentence


class View(NamedTuple):
    """What is known after a step: nodes with a value, operations that have gone back."""

    values: frozenset
    pulled: frozenset
    now: int | None = None  # the operation of this step
    forward: bool = True
    all: bool = False  # everything at once, in a picture that stands still


def whole(graph):
    """The View with all there is."""
    return View(frozenset(range(len(graph.nodes))), frozenset(graph.operations), all=True)


def step_count(graph):
    """Each operation goes forward once, and backward once."""
    return 2 * len(graph.operations)


def view(graph, step):
    """The View after `step` steps."""
    operations = graph.operations
    n = len(operations)
    back = operations[::-1][: max(step - n, 0)]
    known = {i for i, node in enumerate(graph.nodes) if node.kind != "operation"}
    known |= set(operations[:step])
    now = None if step == 0 else operations[step - 1] if step <= n else back[-1]
    return View(frozenset(known), frozenset(back), now, step <= n)


def summed(graph, i, seen):
    """Whether the whole gradient of node i is known: all that use it have gone back."""
    uses = graph.uses(i)
    if not uses:
        return bool(seen.pulled)
    return graph.nodes[i].learns and all(o in seen.pulled for o, _slot in uses)


def slope(graph, name):
    """∂y/∂x, for the name of a quantity."""
    return f"∂{graph.output}/∂{name}"


def step_name(graph, step):
    """What is done in a step, as "3 of 14: forward through u₂ = z³"."""
    seen, total = view(graph, step), step_count(graph)
    if seen.now is None:
        return _("0 of {total}: nothing is computed yet", total=total)
    node = graph.nodes[seen.now]
    what = f"{node.name} = {node.words}"
    if seen.forward:
        return _("{step} of {total}: forward through {what}", step=step, total=total, what=what)
    return _("{step} of {total}: backward through {what}", step=step, total=total, what=what)


def sentences(graph, run, step, numbers=None):
    """What is computed in a step, with its numbers; numbers(i) writes operation i with numbers."""
    seen = view(graph, step)
    if seen.now is None:
        return [_("Given are the inputs. Values will go from left to right.")]
    if seen.forward:
        return [forward_sentence(graph, run, seen.now, numbers)]
    return back_sentences(graph, run, seen.now)


def forward_sentence(graph, run, i, numbers):
    """As "u₂ = z³ = 10³ = 1000."."""
    node = graph.nodes[i]
    middle = f" = {numbers(i)}" if numbers else ""
    value = " ".join(written(run.values[i], digits(graph)))
    return sentence(f"{node.name} = {node.words}{middle} = {value}")


def digits(graph):
    """How many digits numbers have: single ones have more room than matrices."""
    return 4 if graph.scalar else 3


def back_sentences(graph, run, i):
    """One for each input that gets a gradient; of a layer all in one line."""
    node = graph.nodes[i]
    ends = [
        (source, pull)
        for source, pull in zip(node.inputs, run.pulls[i], strict=True)
        if graph.nodes[source].learns
    ]
    if graph.scalar:
        return [product_sentence(graph, run, i, *end) for end in ends]
    parts = ", ".join(
        f"{slope(graph, graph.nodes[source].name)} = {pull.formula}" for source, pull in ends
    )
    if not any("δ" in pull.formula for _source, pull in ends):
        return [sentence(parts)]
    return [_("{parts}, where δ = {arrived}.", parts=parts, arrived=slope(graph, node.name))]


def product_sentence(graph, run, i, source, pull):
    """As "∂y/∂z = 3z² · ∂y/∂u₂ = 300 × 8 = 2400."."""
    line = sentence(
        f"{slope(graph, graph.nodes[source].name)} = "
        f"{factor_of(pull.formula)} · {slope(graph, graph.nodes[i].name)} = "
        f"{factor(plain(pull.local))} × {factor(plain(run.gradients[i]))} = {plain(pull.product)}"
    )
    return _("One part of {line}", line=line) if len(graph.uses(source)) > 1 else line


def factor_of(formula):
    """Put a formula into brackets if it is a sum."""
    return f"({formula})" if " " in formula else factor(formula)


def values_line(graph, run, seen):
    """All values known so far."""
    quantities = []
    for i, node in enumerate(graph.nodes):
        if i in seen.values and node.kind != "constant":
            quantities += [run.notes[i]] if i in run.notes else []
            quantities.append((node.name, run.values[i]))
    parts = [f"{name} = {' '.join(written(value, digits(graph)))}" for name, value in quantities]
    return _("Values: {values}.", values=", ".join(parts))


def gradients_line(graph, run, seen):
    """All gradients known so far, the last one first found."""
    order = [i for i in reversed(range(len(graph.nodes))) if summed(graph, i, seen)]
    parts = [gradient_words(graph, run, i) for i in order if graph.nodes[i].learns]
    if not parts:
        return _("Gradients: none yet.")
    return _("Gradients: {gradients}.", gradients=", ".join(parts))


def gradient_words(graph, run, i, precision=None):
    """As "∂y/∂z = 2400 + 20 = 2420"."""
    precision = precision or digits(graph)
    total = " ".join(written(run.gradients[i], precision))
    uses = graph.uses(i)
    if len(uses) > 1:
        total = f"{sum_of([plain(run.pulls[o][k].product, precision) for o, k in uses])} = {total}"
    return f"{slope(graph, graph.nodes[i].name)} = {total}"


def sum_of(texts):
    """As "2400 + 20"."""
    return " + ".join([texts[0], *map(factor, texts[1:])])


def trouble(graph, run, seen):
    """Say where the first value or gradient is no finite number."""
    for i in sorted(seen.values):
        if not np.all(np.isfinite(run.values[i])):
            value = " ".join(written(run.values[i], digits(graph)))
            return _(
                "Here it breaks: {name} = {value} is no finite number, and all that follows "
                "from it means nothing.",
                name=graph.nodes[i].name,
                value=value,
            )
    bad = [i for i in reversed(range(len(graph.nodes))) if summed(graph, i, seen)]
    for i in bad:
        if graph.nodes[i].learns and not np.all(np.isfinite(run.gradients[i])):
            return _(
                "The values are finite, but the slope {slope} is not: there the curve is too "
                "steep for a number.",
                slope=slope(graph, graph.nodes[i].name),
            )
    return ""


def step_facts(graph, run, step, numbers=None):
    """The words of one step."""
    seen = view(graph, step)
    return facts(
        _("Step {name}.", name=step_name(graph, step)),
        *sentences(graph, run, step, numbers),
        values_line(graph, run, seen),
        gradients_line(graph, run, seen),
        trouble(graph, run, seen),
    )
