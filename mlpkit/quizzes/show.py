"""How a quiz is shown: live in a notebook, and as HTML and text that read without a kernel.

The page sends what was chosen; Python judges (judge.py) and sends the feedback. Answers and score
live in this object only.
"""

import posixpath
from html import escape
from pathlib import Path
from typing import NamedTuple

import anywidget
import traitlets

from ..i18n import PAGE_STYLE, _, direction, language
from .judge import SIGNS, judge, lettered, point
from .questions import LESSONS
from .text import markup

HERE = Path(__file__).parent
BOXES = {"one": "( )", "several": "[ ]", "order": "-"}


class Score(NamedTuple):
    """How many questions are answered rightly: at the first try, and now."""

    first: int
    now: int
    total: int

    def line(self):
        """The score in words."""
        return _("{first} of {total} right at the first try, {now} now.", **self._asdict())


class QuizView(anywidget.AnyWidget):
    """A quiz in the notebook."""

    _esm = HERE / "quiz.js"
    _css = PAGE_STYLE + (HERE / "quiz.css").read_text(encoding="utf-8")
    spec = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)  # what was answered last, by the question's id
    results = traitlets.Dict().tag(sync=True)  # what was said about it
    score_line = traitlets.Unicode().tag(sync=True)

    def __init__(self, quiz):
        super().__init__(spec=spec(quiz))
        self.quiz = quiz
        self.tries = {question.id: [] for question in quiz.questions}  # the status of each try
        self.on_msg(lambda view, message, buffers: self.hear(message))

    def answer(self, name, value):
        """Answer the question with the id `name`; return the Feedback.

        `value` is an option's id (one), a list of ids (several, order), a number or a text
        (number). Raises ValueError if an id is unknown.
        """
        question = self.quiz.question(name)
        tries = self.tries[name]
        feedback = judge(question, value, earlier=len(tries))
        if feedback.status != "unread":
            tries.append(feedback.status)
        said = {"status": feedback.status, "html": feedback_html(feedback, question, self.quiz)}
        with self.hold_sync():
            self.answers = self.answers | {name: value}
            # The count makes a second equal result a new one, so that it is announced again.
            said["count"] = self.results.get(name, {}).get("count", 0) + 1
            self.results = self.results | {name: said}
            self.score_line = self.score().line()
        return feedback

    def score(self):
        """The Score so far."""
        tried = [tries for tries in self.tries.values() if tries]
        first, now = (sum(tries[place] == "right" for tries in tried) for place in (0, -1))
        return Score(first, now, len(self.tries))

    def hear(self, message):
        """The page sends an answer."""
        if "check" in message:
            self.answer(message["check"], message.get("value"))

    def _repr_mimebundle_(self, **kwargs):
        live = super()._repr_mimebundle_(**kwargs)
        data, metadata = live if isinstance(live, tuple) else (live, {})
        return data | {"text/html": page(self.quiz), "text/plain": plain(self.quiz)}, metadata


# --- What the live view needs to know


def spec(quiz):
    """The quiz for quiz.js: everything but the key."""
    return {
        "title": _(quiz.title),
        "lang": language(),
        "dir": direction(),
        "texts": {
            "check": _("Check"),
            "number": _("Your answer:"),
            "up": _("Move up"),
            "down": _("Move down"),
            "moved": _("{step}: place {place} of {total}"),
            "waiting": markup(
                _("No answer from Python yet. It may be busy; if not, run this cell again.")
            ),
        },
        "questions": [question_spec(question) for question in quiz.questions],
    }


def question_spec(question):
    """A question for quiz.js."""
    return {
        "id": question.id,
        "kind": question.kind,
        "html": markup(_(question.text)),
        "unit": markup(_(question.unit)) if question.unit else "",
        "options": [{"id": o.id, "html": markup(text)} for o, text in shown(question)],
    }


def shown(question):
    """The options with their letters, or the shuffled steps, as pairs (option, text)."""
    if question.kind == "order":
        return [(step, _(step.text)) for step in question.shuffled()]
    return [(o, lettered(question, o)) for o in question.options]


def feedback_html(feedback, question, quiz):
    """What is said about an answer, as HTML."""
    lead = f"<p><b>{SIGNS[feedback.status]} {markup(feedback.lead)}</b></p>"
    rest = ""
    if feedback.rest:
        summary = _("The other options")
        rest = f"<details><summary>{summary}</summary>{points_html(feedback.rest)}</details>"
    again = link(question, quiz) if feedback.status == "wrong" else ""
    return lead + points_html(feedback.points) + rest + again


def points_html(points):
    """What is said about several options, as a list."""
    items = "".join(f"<li>{point_html(*point)}</li>" for point in points)
    return f"<ul>{items}</ul>" if items else ""


def point_html(sign, text, why):
    """What is said about one option."""
    return f"{sign} <b>{markup(text)}</b><br>{markup(why)}" if text else markup(why)


def link(question, quiz):
    """The way to the cell to read again, as HTML."""
    see = escape(_("Read again: {place}", place=_(question.see)))
    return paragraph(f'<a href="{escape(address(question.cell, quiz))}">{see}</a>')


def address(cell, quiz):
    """The relative address of a cell, from the notebook in which the quiz stands.

    JupyterLab scrolls to the cell that "#cell-id=" names.
    """
    here, there = (LESSONS[name.split("-")[0]] for name in (quiz.id, cell))
    return f"{posixpath.relpath(there, posixpath.dirname(here))}#cell-id={cell}"


# --- Without a kernel


def page(quiz):
    """The quiz as HTML without scripts: answers and explanations are folded."""
    items = "".join(
        f'<li style="margin-bottom: 1em">{question_html(question, quiz)}</li>'
        for question in quiz.questions
    )
    title = paragraph(f"<b>{markup(_(quiz.title))}</b>")
    return f'<div lang="{language()}" dir="{direction()}">{title}<ol>{items}</ol></div>'


def question_html(question, quiz):
    """A question with its folded key."""
    summary, key = _("Answer and explanation"), key_html(question) + link(question, quiz)
    folded = f"<details><summary>{summary}</summary>{key}</details>"
    return paragraph(markup(_(question.text), apart=True)) + asked_html(question) + folded


def paragraph(words):
    """A paragraph as HTML; without a style of its own JupyterLab keeps it on the left."""
    style = ' style="text-align: right"' if direction() == "rtl" else ""
    return f"<p{style}>{words}</p>"


def asked_html(question):
    """What there is to choose from, bring into order, or write."""
    if question.kind == "number":
        return paragraph(markup(blank(question)))
    items = "".join(f"<li>{markup(text)}</li>" for option, text in shown(question))
    return f'<ul style="list-style-type: none">{items}</ul>'


def blank(question):
    """The place where a number is to be written."""
    return " ".join(filter(None, [_("Your answer:"), "____", question.unit and _(question.unit)]))


def key_html(question):
    """The right answer, and what is said about every other."""
    if question.kind == "order":
        steps = (point_html("", _(step.text), _(step.why)).strip() for step in question.options)
        listed = "".join(f"<li>{step}</li>" for step in steps)
        ordered = f'<ol style="list-style-type: decimal">{listed}</ol>'
        return ordered + paragraph(markup(_(question.why)))
    if question.kind == "number":
        key = judge(question, question.answer).points
        wrong = [(SIGNS["wrong"], f"{m.value}", _(m.why)) for m in question.mistakes]
        return points_html([*key, *wrong])
    return points_html(point(question, option) for option in question.options)


def plain(quiz):
    """The quiz as text, without the key."""
    title = _("{title} ({number} questions)", title=_(quiz.title), number=len(quiz.questions))
    lines = [title]
    for number, question in enumerate(quiz.questions, start=1):
        lines.append(f"{number}. {_(question.text)}")
        lines += [f"   {BOXES[question.kind]} {text}" for option, text in shown(question)]
        lines += [f"   {blank(question)}"] if question.kind == "number" else []
    return "\n".join(lines)
