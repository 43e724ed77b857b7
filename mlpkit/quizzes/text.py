"""The light Markdown of questions: `code`, **bold**, $formulas$ and [links](https://...).

Everything is escaped; only the tags of this file get into the page. The page renders formulas.
"""

import html
import re

from ..i18n import direction

TOKEN = re.compile(
    r"`(?P<code>[^`]+)`|\$(?P<formula>[^$]+)\$|\*\*(?P<bold>.+?)\*\*"
    r"|\[(?P<words>[^\]]+)\]\((?P<address>https://[^)\s]+)\)",
    re.DOTALL,
)
# Formulas and code are left-to-right in every language; code may have several lines, which are a
# box of their own, and code of one line is one where the sentence around goes from right to left.
CODE = '<code dir="ltr" style="white-space: pre-wrap{}">{}</code>'
BOX = {"ltr": "", "rtl": "; display: inline-flex; text-align: left"}
LINES = {"ltr": "; display: block; margin: 0.3em 0; background: none", "rtl": BOX["rtl"]}
FORMULA = '<span dir="ltr">${}$</span>'


def pieces(text):
    """The text cut into pairs (kind, match); the kind of a plain piece is None."""
    end = 0
    for match in TOKEN.finditer(text):
        yield None, text[end : match.start()]
        yield match.lastgroup, match
        end = match.end()
    yield None, text[end:]


def markup(text, apart=False):
    """The text as HTML; apart: for a page that would run the lines around code into one."""
    return "".join(
        html.escape(piece) if kind is None else tagged(kind, piece, apart)
        for kind, piece in pieces(text)
    )


def tagged(kind, match, apart):
    """A piece of the text as HTML."""
    if kind == "bold":
        return f"<b>{markup(match['bold'])}</b>"
    if kind == "address":
        address = html.escape(match["address"])
        return f'<a href="{address}" target="_blank" rel="noopener">{markup(match["words"])}</a>'
    text = html.escape(match[kind])
    if kind == "formula":
        return FORMULA.format(text)
    return CODE.format((LINES if apart and "\n" in text else BOX)[direction()], text)
