"""Is an answer right, and what is said about it. The only place that compares with the key."""

import re
from typing import NamedTuple

from ..i18n import _, direction
from ..i18n.bidi import LEFT_TO_RIGHT, RIGHT_TO_LEFT, listed

SIGNS = {"right": "✓", "wrong": "✗", "unread": "○"}
# Signs that keyboards write -> signs that Python reads: minus, Arabic decimal point, thousands and
# percent. The marks of right-to-left sentences come along when a number is copied out of one.
PYTHON_SIGNS = str.maketrans(
    {"−": "-", "٫": ".", "٬": ",", "٪": "%", "⁄": "/", "\N{NO-BREAK SPACE}": " "}
    | dict.fromkeys((LEFT_TO_RIGHT, RIGHT_TO_LEFT), "")
)
REAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"


class Point(NamedTuple):
    """What is said about one option, step or number."""

    sign: str
    text: str
    why: str


class Feedback(NamedTuple):
    """What is said about an answer; status "unread" means that it is none yet."""

    status: str  # "right", "wrong" or "unread"
    lead: str
    points: tuple = ()  # about what was answered
    rest: tuple = ()  # about the other options, once the answer is right

    def words(self):
        """All of it as text."""
        lines = [f"{SIGNS[self.status]} {self.lead}"]
        lines += [" ".join(filter(None, point)) for point in (*self.points, *self.rest)]
        return "\n".join(lines)


def judge(question, value, earlier=0):
    """The Feedback on an answer: an option's id, a list of ids, or a number as text.

    `earlier` counts the tries before this one. Raises ValueError if an id is unknown.
    """
    return JUDGES[question.kind](question, value, earlier)


def right(points, rest=()):
    """The feedback on a right answer."""
    return Feedback("right", _("Right."), tuple(points), tuple(rest))


def wrong(points, *hints):
    """The feedback on a wrong answer."""
    return Feedback("wrong", " ".join([_("Not right yet."), *hints]), tuple(points))


def unread(message):
    """The feedback on what cannot be judged; it counts as no try."""
    return Feedback("unread", message)


def point(question, option):
    """What is said about an option: a right one has a check mark, a wrong one a cross."""
    sign = SIGNS["right" if option.right else "wrong"]
    return Point(sign, lettered(question, option), _(option.why))


def lettered(question, option):
    """An option after its letter."""
    letter, text = question.letter(option), _(option.text)
    return listed(letter, text) if direction() == "rtl" else f"{letter} {text}"


def judge_one(question, value, earlier):
    """One option was chosen, or none."""
    if not value:
        return unread(_("Choose an answer first."))
    chosen = question.option(value)
    if not chosen.right:
        return wrong([point(question, chosen)])
    others = [point(question, option) for option in question.options if option != chosen]
    return right([point(question, chosen)], others)


def judge_several(question, value, earlier):
    """Some options were chosen. What is missing is not named: who looks again finds it."""
    if not value:
        return unread(_("Choose at least one answer first."))
    chosen = [question.option(name) for name in value]
    points = [point(question, o) for o in question.options if o in chosen]
    others = [o for o in question.options if o not in chosen]
    missing = sum(o.right for o in others)
    if missing and not earlier:
        return wrong(points, _("Something right is still missing."))
    if missing:
        return wrong(points, _("Right answers that are missing: {number}.", number=missing))
    if not all(o.right for o in chosen):
        return wrong(points, _("All that is right is there, and more than that."))
    return right(points, [point(question, o) for o in others])


def judge_number(question, value, earlier):
    """A number was written, as text or as a Python number."""
    found = readings(str(value), _(question.unit) if question.unit else "")
    if not found:
        return unread(_("Write one number, such as 0.25 or 0,25 or 1/4."))
    if any(near(question, number, question.answer) for number in found):
        key = " ".join(filter(None, [str(question.answer), question.unit and _(question.unit)]))
        return right([Point(SIGNS["right"], key, _(question.why))])
    whys = [m.why for m in question.mistakes for number in found if near(question, number, m.value)]
    why = [*whys, question.otherwise][0]
    return wrong([Point(SIGNS["wrong"], str(value).strip(), _(why))])


def near(question, number, wanted):
    """Whether a number is the wanted one, up to the tolerance of the question and of rounding."""
    return abs(number - wanted) <= question.tolerance + 1e-9 * abs(wanted)


def readings(text, unit=""):
    """The numbers that a text may mean: none if it is no number.

    Decimal point or comma, fractions such as 1/4, and groups of thousands: 1,000 may be 1 or 1000.
    """
    text, unit = (part.translate(PYTHON_SIGNS).strip() for part in (text, unit))
    text = text.removesuffix(unit).strip()
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    found = [real_or_fraction(text.replace(",", "."))]
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", text):
        found.append(real_or_fraction(text.replace(",", "")))
    return [number for number in found if number is not None]


def real_or_fraction(text):
    """The number that a text means, or None."""
    match = re.fullmatch(rf"({REAL})(?:\s*/\s*({REAL}))?", text)
    if not match or (match[2] and float(match[2]) == 0):
        return None
    return float(match[1]) / float(match[2] or 1)


def judge_order(question, value, earlier):
    """The steps were brought into an order: what is said ends at the first that is out of place."""
    steps = [question.option(name) for name in value]
    if sorted(steps) != sorted(question.options):
        raise ValueError(f"{question.id}: expected each step once, got {value!r}")
    pairs = list(zip(steps, question.options, strict=True))
    good = next((place for place, (step, due) in enumerate(pairs) if step != due), len(steps))
    points = [Point(SIGNS["right"], _(step.text), _(step.why)) for step in steps[:good]]
    if good == len(steps):
        return right([*points, Point("", "", _(question.why))])
    early = Point(SIGNS["wrong"], _(steps[good].text), _("Not here yet: another step comes first."))
    return wrong([*points, early])


JUDGES = {
    "one": judge_one,
    "several": judge_several,
    "number": judge_number,
    "order": judge_order,
}
