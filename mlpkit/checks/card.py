"""How a verdict is shown: a small card in the notebook, and the same in words."""

import html

SIGNS = {"right": "✓", "not yet": "○", "wrong": "✗"}
COLORS = {"right": "#009E73", "not yet": "#E69F00", "wrong": "#D55E00"}  # Okabe & Ito (2008)
BOX = "border-left: 0.4em solid {}; padding: 0.2em 0.8em; margin: 0.2em 0; line-height: 1.5"
MONO = "display: block; white-space: pre-wrap; font-family: monospace; overflow-wrap: anywhere"


def words(title, status, message):
    """The card as text: "✓ softmax: right. Your softmax is in use from here on."."""
    sign = f"{SIGNS[status]} " if status else ""
    return f"{sign}{title}: {status + '. ' if status else ''}{message}".replace("\n", "\n  ")


def markup(text, status):
    """The text of a card as HTML. The color only repeats what the sign and the words say."""
    first, *rest = html.escape(text, quote=False).split("\n")
    lead, dot, message = first.partition(". ")
    lines = "".join(f'<span style="{MONO}">{line.strip()}</span>' for line in rest)
    box = BOX.format(COLORS[status])
    return f'<div role="status" style="{box}"><b>{lead}{dot.strip()}</b> {message}{lines}</div>'


def show(text, status):
    """Display a card in a notebook; print its words anywhere else."""
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        print(text)
    else:
        display({"text/html": markup(text, status), "text/plain": text}, raw=True)
