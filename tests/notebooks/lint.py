"""What a notebook of this course has to be, as rules over its JSON.

Each rule is a function that takes a notebook and yields (cell id, what is wrong). `problems` runs
them all. Two kinds: what the saved outputs may hold, so that executing them again on another
machine gives the same text; and what shape a lesson has, so that a beginner gets through it.
Editions in other languages keep the rules that do not count or read English words.
"""

import ast
import json
import re
from pathlib import Path
from statistics import median
from typing import NamedTuple

from execute import language_of


class Shape(NamedTuple):
    """How long a notebook may be, and whether it has a pause in the middle."""

    cells: int
    words: tuple[int, int]
    code_lines: int
    pause: bool = False


COMPANION = Shape(cells=60, words=(1200, 2200), code_lines=150)
SHAPES = {
    "OwnFramework": Shape(cells=110, words=(2000, 3800), code_lines=250, pause=True),
    "MyFW_MNIST": Shape(cells=80, words=(1200, 2200), code_lines=150),
}
RULES = []
ENGLISH_RULES = []
# What each explorer takes of the reader's own work, by the names that the lessons give it.
TAKEN = {
    "losses": {"squared_error"},
    "descent": {"surface_gradient", "update"},
    "scores": {"softmax", "CrossEntropyLoss"},
    "graph": {"CrossEntropyLoss"},
    "batches": {"Linear", "SGD"},
    "paths": {"path_sum"},
    "deltas": {"accumulate"},
    "gradient_check": {"numerical_gradient"},
    "activations": {"Linear", "Tanh", "ReLU", "Sigmoid"},
    "training": {"Linear", "Tanh", "ReLU", "Sigmoid", "Net", "CrossEntropyLoss", "SGD"},
    "mnist_training": {"two_layers", "CrossEntropyLoss", "SGD"},
}

EXERCISE = "# your code"
CHECK = re.compile(r"(?:[\w, ]+ = )?checks\.(?!resume\b|progress\b)(\w+)\([^\n]*\)")
PAUSE = re.compile(r"checks\.resume\([^\n]*\)")
CELL_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*-\d\d")
IMAGE = re.compile(r"!\[([^\]]*)\]\(")
LINK = re.compile(r"\]\(([^)#\s]+)")


def rule(function):
    """Add `function` to the rules."""
    RULES.append(function)
    return function


def english_rule(function):
    """Add `function` to the rules, but only for the English notebooks."""
    ENGLISH_RULES.append(function)
    return rule(function)


def problems(notebook, path, shape=None):
    """Everything wrong with `notebook`, which stands in the file `path`: lines "id: rule: what"."""
    shape = shape or SHAPES.get(Path(path).stem, COMPANION)
    lesson = Lesson(notebook, Path(path), shape)
    skipped = [] if language_of(path) == "en" else ENGLISH_RULES
    rules = [rule for rule in RULES if rule not in skipped]
    return [f"{where}: {rule.__name__}: {what}" for rule in rules for where, what in rule(lesson)]


class Lesson:
    """A notebook with the views of it that the rules ask for."""

    def __init__(self, notebook, path, shape):
        self.notebook, self.path, self.shape = notebook, path, shape
        self.cells = notebook.cells
        self.code = [cell for cell in self.cells if cell.cell_type == "code"]
        self.prose = [cell for cell in self.cells if cell.cell_type == "markdown"]

    def outputs(self):
        """Each output with the id of its cell."""
        return [(cell.id, output) for cell in self.code for output in cell.outputs]

    def printed(self):
        """Each text that a reader sees below a cell, with the id of the cell; HTML without tags."""
        for where, output in self.outputs():
            for kind, text in {"text/plain": output.get("text"), **output.get("data", {})}.items():
                if kind == "text/html":
                    text = re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", text)
                if kind.startswith("text/") and text:
                    yield where, text

    def found(self, pattern, texts, what):
        """A problem for each of the (cell id, text) pairs in which `pattern` is found."""
        for where, text in texts:
            if match := re.search(pattern, text):
                yield where, f"{what}: {match.group().strip()!r}"

    def sources(self):
        """Each code cell's id and source."""
        return [(cell.id, cell.source) for cell in self.code]


# --- What is saved: the same on every machine, and compared by the tests


@rule
def executed_in_order(lesson):
    """Strict nbval compares nothing in a cell that was never executed."""
    for number, cell in enumerate(lesson.code, start=1):
        if cell.execution_count != number:
            yield cell.id, f"execution count {cell.execution_count} where {number} is due"


@rule
def no_silencing_semicolon(lesson):
    """A semicolon hides the output in JupyterLab and not in the tests."""
    for where, source in lesson.sources():
        if source.rstrip().endswith(";"):
            yield where, "the last line ends in a semicolon"


@rule
def nothing_that_cannot_repeat(lesson):
    """No call whose output differs from run to run, or that waits for a person."""
    calls = r"clear_output|%%?time(it)?\b|\binput\(|\btime\.\w+\(|perf_counter|datetime"
    yield from lesson.found(calls, lesson.sources(), "cannot repeat")


@rule
def no_error_output(lesson):
    """What a lesson shows going wrong, it shows on purpose, in words."""
    for where, output in lesson.outputs():
        if output.output_type == "error" or output.get("name") == "stderr":
            yield where, f"saved with {output.get('ename', 'text on stderr')}"


@rule
def no_silenced_warnings(lesson):
    """A warning is a fault; np.errstate may hide one whose cause, nan or inf, the cell shows."""
    silent = r"(import|from) warnings\b|\bwarnings\.\w|\bseterr\b|captureWarnings|logging\.disable"
    yield from lesson.found(silent, lesson.sources(), "silences warnings")
    shown = {where for where, text in lesson.printed() if re.search(r"\b(nan|inf)\b", text)}
    texts = [(where, source) for where, source in lesson.sources() if where not in shown]
    yield from lesson.found(r"\berrstate\b", texts, "silences warnings, and shows no nan or inf")


@rule
def no_addresses(lesson):
    """A memory address differs from run to run."""
    yield from lesson.found(r"\b0x[0-9a-fA-F]{6,}", lesson.printed(), "address in the output")


@rule
def no_absolute_paths(lesson):
    """A path of one machine is no path on another."""
    path = r"(?<![\w.:/])/(home|Users|root|tmp|work|usr|var|opt|private|mnt)/|\b[A-Z]:\\\w"
    texts = [*lesson.sources(), *lesson.printed(), *((c.id, c.source) for c in lesson.prose)]
    yield from lesson.found(path, texts, "absolute path")


@rule
def no_measurements_of_this_machine(lesson):
    """Seconds, speeds and sizes are measured by `make speed` only."""
    measure = r"\b\d+(\.\d+)? ?(s|sec|seconds|ms|µs|minutes|it/s|KB|MB|GB|KiB|MiB)\b"
    quizzes = {where for where, source in lesson.sources() if is_quiz(source)}
    texts = [(where, text) for where, text in lesson.printed() if where not in quizzes]
    yield from lesson.found(measure, texts, "measured on one machine")


@rule
def nothing_is_ignored(lesson):
    """Every output is compared: the budget of cells left out is zero."""
    for cell in lesson.code:
        marks = [tag for tag in cell.metadata.get("tags", []) if re.match("nbval|raises|skip", tag)]
        marks += re.findall(r"#\s*NBVAL\w+|#\s*PYTEST\w+", cell.source, re.IGNORECASE)
        if marks:
            yield cell.id, f"not compared: {', '.join(marks)}"


@rule
def small_outputs(lesson):
    """A notebook opens quickly, and its changes can be read."""
    for where, output in lesson.outputs():
        size = len(json.dumps(output))
        if size > 60_000:
            yield where, f"an output of {size:,} characters, more than 60,000"


@rule
def no_widget_state(lesson):
    """The ids of widgets are drawn anew in each run; their words and pictures are saved instead."""
    if "widgets" in lesson.notebook.metadata:
        yield lesson.cells[0].id, "the state of widgets is saved in the notebook"
    for where, output in lesson.outputs():
        if any("widget-view" in kind for kind in output.get("data", {})):
            yield where, "the view of a widget is saved"


@rule
def pictures_speak(lesson):
    """nbval never compares pictures, so each one carries its facts in words."""
    for where, output in lesson.outputs():
        data = output.get("data", {})
        words = data.get("text/plain", "")
        thai = language_of(lesson.path) == "th"  # no spaces between words; five letters make one
        count = len(words) / 5 if thai else len(words.split())
        if "image/png" in data and (count < 5 or words.startswith("<")):
            yield where, f"a picture without its facts in words: {words!r}"


@rule
def few_digits(lesson):
    """Other processors agree to about 14 digits, so at most 6 significant ones are printed."""
    for where, text in lesson.printed():
        for number in re.findall(r"\d*\.\d+", text):
            if len(number.replace(".", "").lstrip("0")) > 6:
                yield where, f"more than 6 significant digits: {number}"


@rule
def no_rounding_noise(lesson):
    """The size of a rounding error is chance: say that it is below a bound, such as 1e-10."""
    noise = r"\d\.\d+e-(09|[1-9]\d)|\b[2-9]e-(09|[1-9]\d)"
    yield from lesson.found(noise, lesson.printed(), "the size of a rounding error")


@rule
def no_files_by_path(lesson):
    """Code cells run in any working directory."""
    reads = (
        r"\bopen\(|\bnp\.(load|loadtxt|genfromtxt|save\w*)\(|\bPath\(|^\s*[!%]|\bos\.|read_\w+\("
    )
    texts = [(where, line) for where, source in lesson.sources() for line in source.splitlines()]
    yield from lesson.found(reads, texts, "depends on where it runs")


@rule
def links_lead_somewhere(lesson):
    """A relative link names a file that is there."""
    for cell in lesson.prose:
        for target in LINK.findall(without_code(cell.source)):
            inside = not re.match(r"[a-z]+:", target)
            if inside and not (lesson.path.parent / target).exists():
                yield cell.id, f"link to {target}, which does not exist"


@english_rule
def images_have_alt_text(lesson):
    """Who cannot see a picture hears its alt text."""
    for cell in lesson.prose:
        alts = IMAGE.findall(cell.source)
        for tag in re.findall(r"<img[^>]*>", cell.source):
            alts += re.findall(r'alt="([^"]*)"', tag) or [""]
        if any(len(alt.split()) < 3 for alt in alts):
            yield cell.id, "an image without alt text"


# --- The shape of a lesson: what a beginner gets through


@rule
def readable_unique_ids(lesson):
    """Solutions and translations find a cell by its id, such as own-softmax-03."""
    seen, first = set(), lesson.cells[0].id.split("-")[0]
    for cell in lesson.cells:
        if not CELL_ID.fullmatch(cell.id) or cell.id.split("-")[0] != first:
            yield cell.id, f"an id should look like {first}-softmax-03"
        if cell.id in seen:
            yield cell.id, "the id of two cells"
        seen.add(cell.id)


@rule
def slides(lesson):
    """nbconvert --to slides needs to know where a slide begins."""
    kinds = {"slide", "subslide", "fragment", "skip", "notes", "-"}
    for cell in lesson.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        if kind not in kinds:
            yield cell.id, f"slide type {kind!r} is none of {sorted(kinds)}"


@english_rule
def title_begins_with_a_verb(lesson):
    """The title says what the reader does: `# Write your own …`."""
    verbs = "Build Descend Find Follow Learn Make Measure Read Teach Test Train Understand Write"
    title = lesson.cells[0].source.partition("\n")[0].split(" ")
    if title[0] != "#" or len(title) < 3 or title[1] not in verbs.split():
        yield lesson.cells[0].id, f"the first line is not '# Verb …' with one of: {verbs}"
    for cell in lesson.prose[1:]:
        if re.search(r"(?m)^# ", without_code(cell.source)):
            yield cell.id, "a second title"


@english_rule
def says_how_long_it_takes(lesson):
    """A reader knows at the start how many minutes to set aside."""
    if not any("minutes" in cell.source for cell in lesson.cells[:4]):
        yield lesson.cells[0].id, "no word of minutes in the first cells"


@rule
def short_setup(lesson):
    """The first code cell is out of the way in five lines."""
    if lesson.code and len(code_lines(lesson.code[0].source)) > 5:
        yield lesson.code[0].id, "a setup of more than 5 lines"


@english_rule
def enough_prose_not_too_much(lesson):
    """As long as a sitting, and ten words to each line of code."""
    words = sum(word_count(cell.source) for cell in lesson.prose)
    lines = sum(len(code_lines(source)) for _, source in lesson.sources())
    (least, most), where = lesson.shape.words, lesson.cells[0].id
    if not least <= words <= most:
        yield where, f"{words} words, not {least} to {most}"
    if words < 10 * lines:
        yield where, f"{words} words for {lines} code lines, fewer than 10 a line"


@rule
def few_cells_short_code(lesson):
    """Short cells, and few of them."""
    lengths = [len(code_lines(source)) for _, source in lesson.sources()]
    where = lesson.cells[0].id
    if len(lesson.cells) > lesson.shape.cells:
        yield where, f"{len(lesson.cells)} cells, more than {lesson.shape.cells}"
    if sum(lengths) > lesson.shape.code_lines:
        yield where, f"{sum(lengths)} code lines, more than {lesson.shape.code_lines}"
    if lengths and median(lengths) > 5:
        yield where, f"the median of code cells is {median(lengths)} lines, more than 5"
    for (cell_id, source), length in zip(lesson.sources(), lengths, strict=True):
        most = 20 if is_one_class(source) else 15
        if length > most:
            yield cell_id, f"{length} code lines, more than {most}"


@english_rule
def reader_acts(lesson):
    """Never more than five cells without an exercise, a prediction or a widget."""
    idle = 0
    for cell in lesson.cells:
        idle = 0 if is_action(cell) else idle + 1
        if idle == 6:
            yield cell.id, "the sixth cell in a row in which the reader only reads"


@rule
def exercise_then_check(lesson):
    """Each exercise has its one-line check directly below, and no check stands alone."""
    below = [*lesson.cells[1:], None]
    above = [None, *lesson.cells[:-1]]
    for before, cell, after in zip(above, lesson.cells, below, strict=True):
        if is_exercise(cell) and not (after and is_check(after)):
            yield cell.id, "an exercise without its one-line check directly below"
        if is_check(cell) and not (before and is_exercise(before)):
            yield cell.id, "a check without its exercise directly above"
        if not is_check(cell) and re.search(r"checks\.(?!resume|progress)\w+\(", code_of(cell)):
            yield cell.id, "a check has its own cell of one line"


@rule
def explorers_run_the_readers_own(lesson):
    """What the reader has written, an explorer that can take it gets: nothing else shows it."""
    written = set()
    for where, source in lesson.sources():
        if match := re.match(r"(\w+) = checks\.", source):
            written.add(match.group(1))
        if PAUSE.fullmatch(source.strip()):
            written |= TAKEN["training"]
        named = set(re.findall(r"(?<![\w.])\w+", source))  # mlpkit.SGD is not the reader's
        for explorer in re.findall(r"\bwidgets\.(\w+)\(", source):
            for name in sorted(TAKEN.get(explorer, set()) & written - named):
                yield where, f"{explorer} does not get the reader's {name}"


@rule
def one_pause(lesson):
    """A long lesson has a pause, after which one line brings the reader's work back."""
    pauses = [cell.id for cell in lesson.code if PAUSE.fullmatch(cell.source.strip())]
    if lesson.shape.pause and len(pauses) != 1:
        yield lesson.cells[0].id, f"{len(pauses)} cells of one line checks.resume(), not 1"


# --- What the rules count


def code_of(cell):
    """The source of a code cell; of any other, nothing."""
    return cell.source if cell.cell_type == "code" else ""


def is_exercise(cell):
    """Whether the reader writes this cell: a blank, or code given to be mended."""
    tagged = "exercise" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and (tagged or EXERCISE in cell.source)


def is_check(cell):
    """Whether the cell is the one line that judges an exercise."""
    return bool(CHECK.fullmatch(code_of(cell).strip()))


def is_action(cell):
    """Whether the reader acts in this cell: exercise, check, prediction, quiz or widget."""
    if cell.cell_type == "markdown":
        return bool(re.search(r"[*_]Predict", cell.source))
    widget = is_quiz(cell.source) or re.search(r"\bwidgets\.\w+\(", cell.source)
    return is_exercise(cell) or is_check(cell) or bool(widget)


def is_quiz(source):
    """Whether the code shows a quiz."""
    return bool(re.fullmatch(r"quiz\([^\n]*\)", source.strip()))


def is_one_class(source):
    """Whether the code is one class and nothing else."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return False
    return len(body) == 1 and isinstance(body[0], ast.ClassDef)


def code_lines(source):
    """The lines of `source` that are neither blank nor only a comment."""
    lines = (line.strip() for line in source.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def without_code(text):
    """Markdown without code blocks and code spans."""
    return re.sub(r"(?s)```.*?```|`[^`\n]*`", " ", text)


def word_count(text):
    """The words of a Markdown text that a reader reads.

    No formulas, code blocks, tags and targets; not the line with the names of the languages.
    """
    text = re.sub(r"(?m)^\*\*Language:\*\* .*$", " ", text)
    text = re.sub(r"(?s)```.*?```|\$\$.*?\$\$|\$[^$\n]*\$|<!--.*?-->|<[^>]*>", " ", text)
    text = re.sub(r"\]\([^)]*\)", "] ", text)
    return len(re.findall(r"[^\W\d_][\w’'-]*", text))
