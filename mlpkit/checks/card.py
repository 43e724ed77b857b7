"""The card that shows a verdict: a frame with a sign, a word and the reason, and its plain twin."""

import html

STYLES = {"right": ("✓", "#009E73"), "not yet": ("○", "#E69F00"), "wrong": ("✗", "#D55E00")}


class Card:
    """A title and a text, as HTML for eyes and ears and as text for everything else."""

    def __init__(self, title, text, status="not yet"):
        sign, self.color = STYLES[status]
        self.title, self.text = f"{sign} {title}", text

    def __repr__(self):
        return f"{self.title}\n{self.text}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        first, _, rest = (html.escape(part) for part in self.text.partition("\n"))
        rest = f'<pre style="margin: 0.3em 0 0; white-space: pre-wrap">{rest}</pre>' if rest else ""
        card = (
            f'<div role="status" style="border-left: 6px solid {self.color}; padding: 0.4em 0.9em">'
            f"<b>{html.escape(self.title)}</b><br>{first}{rest}</div>"
        )
        return {"text/html": card, "text/plain": repr(self)}


def display(card):
    """Show the card in a notebook, or print it where there is none."""
    try:
        from IPython import get_ipython
        from IPython.display import display as show
    except ImportError:
        print(card)
        return
    show(card) if get_ipython() else print(card)
