"""The questions as data: each quiz is a file <id>.toml, read and validated here.

    id = "gd-after"
    title = "What you take along"

    [[question]]
    id = "updates-per-epoch"           # unique in the whole course
    kind = "one"                       # or several, number, order
    text = "$N = 1000$, $B = 64$. How many updates has an epoch?"
    cell = "gd-epochs-01"              # the cell to read again,
    see = "GradientDescent, section 4" # and words for it
    computes = "-(-1000 // 64)"        # optional: Python for the key, compared by a test
      [[question.option]]              # one: 3 or 4, exactly one right; several: 4 or 5
      id = "ceil"
      text = "16"
      value = 16                       # what `computes` gives; of several it asks each value `v`
      right = true
      why = "Fifteen batches of 64 and one of 40."

A number has `answer`, `tolerance`, perhaps a `unit`, `why`, [[question.mistake]] with `value` and
`why` for each wrong number that can be foreseen, and `otherwise` for all others. An order has at
least four [[question.step]] with `id`, `text` and `why`, in the right order, and `why` for it all.
"""

import random
import re
import string
import tomllib
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
# The first part of an id, of a quiz or of a cell -> the notebook it belongs to.
LESSONS = {
    "own": "notebooks/OwnFramework.ipynb",
    "gd": "notebooks/GradientDescent.ipynb",
    "bp": "notebooks/Backpropagation.ipynb",
    "lab": "lab/MyFW_MNIST.ipynb",
}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CELL = re.compile(rf"({'|'.join(LESSONS)})(-[a-z0-9]+)*-\d\d")
NOT_GIVEN = object()
NUMBER = (int, float)


class Option(NamedTuple):
    """An answer to choose, or a step to put into its place."""

    id: str
    text: str
    why: str  # explains this option: why it is right, or which thinking leads to it
    right: bool = False
    value: object = None  # what `computes` is compared with


class Mistake(NamedTuple):
    """A wrong number that can be foreseen."""

    value: float
    why: str


class Question(NamedTuple):
    """A question with its key; which fields it has depends on the kind."""

    id: str
    kind: str
    text: str
    cell: str  # where to read again: the id of the cell, and words for it
    see: str
    computes: str = ""  # a Python expression for the key
    options: tuple = ()  # of an order: the steps, in the right order
    answer: float = 0.0
    tolerance: float = 0.0
    unit: str = ""
    why: str = ""  # of a number and of an order: the explanation of the right answer
    mistakes: tuple = ()
    otherwise: str = ""

    def option(self, name):
        """The option or step with the id `name`, or ValueError."""
        for option in self.options:
            if option.id == name:
                return option
        known = ", ".join(option.id for option in self.options)
        raise ValueError(f"{self.id}: expected one of {known}, got {name!r}")

    def letter(self, option):
        """The letter before an option, which also gives a name to one that is a formula only."""
        return f"{string.ascii_uppercase[self.options.index(option)]}."

    def shuffled(self):
        """The steps as they are shown: in a fixed order that is not the right one."""
        steps, generator = list(self.options), random.Random(self.id)
        while steps[0] == self.options[0]:
            generator.shuffle(steps)
        return steps


class Quiz(NamedTuple):
    """Questions under a title."""

    id: str
    title: str
    questions: tuple

    def question(self, name):
        """The question with the id `name`, or ValueError."""
        for question in self.questions:
            if question.id == name:
                return question
        known = ", ".join(question.id for question in self.questions)
        raise ValueError(f"{self.id}: expected one of {known}, got {name!r}")


def texts(quiz):
    """Every text of a quiz that a translator translates, as pairs (where it stands, text)."""
    yield f"{quiz.id}/title", quiz.title
    for question in quiz.questions:
        where = f"{quiz.id}/{question.id}"
        for field in ("text", "see", "unit", "why", "otherwise"):
            if getattr(question, field):
                yield f"{where}/{field}", getattr(question, field)
        for option in question.options:
            yield f"{where}/{option.id}/text", option.text
            yield f"{where}/{option.id}/why", option.why
        for number, mistake in enumerate(question.mistakes, start=1):
            yield f"{where}/mistake-{number}/why", mistake.why


def read(path):
    """The quiz in the file `path`.

    Raises ValueError naming the file, the question and what is wrong.
    """
    path = Path(path)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: expected TOML, got {error}") from None
    fields = Fields(table, path.name)
    quiz = Quiz(
        id=fields.take("id", str),
        title=fields.take("title", str),
        questions=tuple(map(question, fields.tables("question", "question"))),
    )
    fields.finish()
    fields.demand(quiz.id == path.stem, "id", path.stem, quiz.id)
    fields.differ("question", [question.id for question in quiz.questions])
    return quiz


class Fields:
    """A table of the file; each field is taken once, and what is left over is a mistake."""

    def __init__(self, table, where):
        self.table, self.where = dict(table), where

    def take(self, name, kind, default=NOT_GIVEN):
        """The field `name`, of the type or types `kind`; texts are not empty."""
        value = self.table.pop(name, default)
        self.demand(value is not NOT_GIVEN, name, "a value", "nothing")
        is_kind = isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
        self.demand(value is default or is_kind, name, kind, value)
        if isinstance(value, str):
            value = value.strip()
            self.demand(value or default is not NOT_GIVEN, name, "some text", value)
        return value

    def tables(self, name, what):
        """The tables called `name`, each as Fields that know where they stand."""
        found = self.take(name, list, [])
        for place, table in enumerate(found, start=1):
            self.demand(isinstance(table, dict), name, f"[[{name}]]", table)
            yield Fields(table, f"{self.where}: {what} {table.get('id', place)}")

    def demand(self, good, name, expected, got):
        """Raise ValueError unless `good`."""
        if not good:
            kinds = expected if isinstance(expected, tuple) else (expected,)
            names = " or ".join(getattr(kind, "__name__", str(kind)) for kind in kinds)
            raise ValueError(f"{self.where}: {name}: expected {names}, got {got!r}")

    def differ(self, name, values):
        """Raise ValueError if two values are equal."""
        for value in values:
            self.demand(values.count(value) == 1, name, "different ones", value)

    def finish(self):
        """Raise ValueError if a field is left that nobody knows."""
        for name in self.table:
            self.demand(False, name, "no such field", self.table[name])


def question(fields):
    """The question in a table."""
    kind = fields.take("kind", str)
    fields.demand(kind in KINDS, "kind", " or ".join(KINDS), kind)
    common = {name: fields.take(name, str) for name in ("id", "text", "cell", "see")}
    common["computes"] = fields.take("computes", str, "")
    fields.demand(ID.fullmatch(common["id"]), "id", "an id such as chain-rule", common["id"])
    fields.demand(CELL.fullmatch(common["cell"]), "cell", "the id of a cell", common["cell"])
    made = Question(kind=kind, **common, **KINDS[kind](fields))
    fields.finish()
    return made


def one(fields):
    """The fields of a question with one right option."""
    options = choices(fields, (3, 4))
    right = sum(option.right for option in options)
    fields.demand(right == 1, "option", "exactly one right option", right)
    return {"options": options}


def several(fields):
    """The fields of a question with right and wrong options."""
    options = choices(fields, (4, 5))
    fields.demand(any(o.right for o in options), "option", "at least one right option", 0)
    return {"options": options}


def choices(fields, sizes):
    """The options of a question; as many of them as one of the `sizes`."""
    options = []
    for table in fields.tables("option", "option"):
        right = table.take("right", bool, False)
        value = table.take("value", (str, *NUMBER), None)
        options.append(Option(*id_text_why(table), right, value))
        table.finish()
    words = f"{sizes[0]} or {sizes[1]} options"
    fields.demand(len(options) in sizes, "option", words, len(options))
    return distinct(fields, "option", options)


def id_text_why(table):
    """The three texts that each option and each step has."""
    name, text, why = (table.take(field, str) for field in ("id", "text", "why"))
    table.demand(ID.fullmatch(name), "id", "an id such as too-small", name)
    return name, text, why


def distinct(fields, name, options):
    """The options as a tuple, if their ids, texts and explanations are all different."""
    for values in zip(*[option[:3] for option in options], strict=True):
        fields.differ(name, list(values))
    return tuple(options)


def number(fields):
    """The fields of a question for a number."""
    found = {
        "answer": fields.take("answer", NUMBER),
        "tolerance": fields.take("tolerance", NUMBER),
        "unit": fields.take("unit", str, ""),
        "why": fields.take("why", str),
        "otherwise": fields.take("otherwise", str),
        "mistakes": tuple(map(mistake, fields.tables("mistake", "mistake"))),
    }
    fields.demand(found["tolerance"] >= 0, "tolerance", "0 or more", found["tolerance"])
    for wrong in found["mistakes"]:
        outside = abs(wrong.value - found["answer"]) > found["tolerance"]
        fields.demand(outside, "mistake", "a number that is not right", wrong.value)
    fields.differ("mistake", [wrong.value for wrong in found["mistakes"]])
    return found


def mistake(table):
    """A foreseen wrong number."""
    made = Mistake(table.take("value", NUMBER), table.take("why", str))
    table.finish()
    return made


def order(fields):
    """The fields of a question that asks for an order."""
    steps = []
    for table in fields.tables("step", "step"):
        steps.append(Option(*id_text_why(table)))
        table.finish()
    fields.demand(len(steps) >= 4, "step", "at least 4 steps", len(steps))
    return {"options": distinct(fields, "step", steps), "why": fields.take("why", str)}


KINDS = {"one": one, "several": several, "number": number, "order": order}
