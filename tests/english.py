"""What a page in another language still says in English.

Four Latin words in a row are a sentence that nobody translated. Code, formulas, links to works
elsewhere and what `KEPT` names don't count; a comma ends a row: a list of names is no sentence.
"""

import re
from html import escape
from html.parser import HTMLParser

from mlpkit.i18n.slices import MARKDOWN, MATH

# Titles of works, and the words that RMSE is short for, which a hint takes apart.
KEPT = [
    "Delving Deep into Rectifiers",
    "Gradient-Based Learning Applied to Document Recognition",
    "Understanding the Difficulty of Training Deep Feedforward Neural Networks",
    "root mean squared error",
]
UNREAD = {"code", "mjx-container", "pre", "script", "style", "textarea"}
VOID = {"br", "hr", "img", "input"}
INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"}
SPOKEN = {"alt", "aria-label", "aria-valuetext", "placeholder", "title"}
END = "\n¦\n"  # between two texts that do not belong together
MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
WORD = r"[A-Za-z][A-Za-z'’]*"
ROW = re.compile(rf"(?<![\w.]){WORD}(?:[\s.:;!?“”\"–—-]+{WORD}){{3,}}")


class Words(HTMLParser):
    """Collects what a reader sees or hears of a page, folded parts included."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        spoken = [f"{END}{values[name]}{END}" for name in SPOKEN & set(values) if values[name]]
        self.found += [] if any(unread for _, unread in self.open) else spoken
        self.found += [] if tag in INLINE else [END]
        if tag not in VOID:
            self.open.append((tag, is_unread(tag, values)))

    def handle_endtag(self, tag):
        self.found += [] if tag in INLINE - {"a", "code"} else [END]
        if tag in [name for name, _ in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if not any(unread for _, unread in self.open):
            self.found.append(data)


def is_unread(tag, attributes):
    """Whether what stands in an element is code, a formula, or the title of a work elsewhere."""
    is_formula = "math" in (attributes.get("class") or "").split()
    is_work = tag == "a" and (attributes.get("href") or "").startswith(("http:", "https:"))
    return tag in UNREAD or is_formula or is_work


def rows(html):
    """The rows of four and more Latin words that a reader of the HTML text `html` meets."""
    words = Words()
    words.feed(html)
    words.close()
    text = re.sub(r"`[^`]*`", END, MARKS.sub("", "".join(words.found)))
    text = MATH.sub(END, text)
    for name in KEPT:
        text = text.replace(name, END)
    return [" ".join(row.split()) for row in ROW.findall(text)]


def rows_of(cell):
    """Those of a notebook's cell and its saved outputs; what code prints is not looked at."""
    if cell.cell_type == "markdown":
        return rows(MARKDOWN.render(cell.source))
    found = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        if "text/html" in data or "image/png" in data:  # the plain text says the same in words
            found += rows(data.get("text/html", "")) + rows(escape(data["text/plain"]))
    return found
