"""How a verdict is shown: a small card in the notebook, and the same in words."""

import html
import re

from ..i18n import _, direction, language, say

SIGNS = {"right": "✓", "not yet": "○", "wrong": "✗"}
COLORS = {"right": "#009E73", "not yet": "#E69F00", "wrong": "#D55E00"}  # Okabe & Ito (2008)
BOX = "border-{}: 0.4em solid {}; padding: 0.2em 0.8em; margin: 0.2em 0; line-height: 1.5"
AUTO = ' dir="auto"'  # exceptions and values are left-to-right in every language
PROSE = "display: block; overflow-wrap: anywhere"
MONO = f"{PROSE}; white-space: pre-wrap; font-family: monospace"


def words(title, status, message, named=True):
    """The card as text: "✓ softmax: right. Your softmax is in use from here on."."""
    status_words = {"right": _("right"), "not yet": _("not yet"), "wrong": _("wrong")}
    lead = f"{status_words[status]}. " if named else ""
    return f"{SIGNS[status]} {title}: {lead}{message}".replace("\n", "\n  ")


def markup(text, status, hints=()):
    """The text of a card as HTML. The color only repeats what the sign and the words say."""
    first, *rest = html.escape(text, quote=False).split("\n")
    lead, dot, message = first.partition(". ")
    start, how = ("left", "") if language() == "en" else translated()
    lines = "".join(
        f'<span{how and AUTO} style="{MONO if is_value(line) else PROSE}">{line.strip()}</span>'
        for line in rest
    )
    titles = (_("Hint {number}", number=number) for number in range(1, len(hints) + 1))
    folded = "".join(
        f"<details><summary>{title}</summary>{code_in(hint)}</details>"
        for title, hint in zip(titles, hints, strict=True)
    )
    box = BOX.format(start, COLORS[status])
    body = f"<b>{lead}{dot.strip()}</b> {message}{lines}{folded}"
    return f'<div role="status"{how} style="{box}">{body}</div>'


def is_value(line):
    """Whether a line of a card holds a value or code after its name, as in "yours: 0.5"."""
    return ": " in line and not line.strip().startswith(_("Read again: {section}", section=""))


def translated():
    """Where the lines of a card begin, and the attributes that name language and direction."""
    start = "left" if direction() == "ltr" else "right"
    return start, f' lang="{language()}" dir="{direction()}"'


def code_in(hint):
    """A hint as HTML: what stands between backticks is code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(hint, quote=False))


def show(text, status, hints=()):
    """Display a card in a notebook; print its words anywhere else."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        say(text)
    else:
        display({"text/html": markup(text, status, hints), "text/plain": text}, raw=True)
