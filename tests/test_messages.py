"""Every text that a learner sees can be translated; and the framework's errors are told in it."""

import ast
import html
import inspect
import json
import re
from pathlib import Path

import numpy as np
import pseudo
import pytest
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

from mlpkit import (
    SGD,
    CrossEntropyLoss,
    Linear,
    Net,
    Softmax,
    Tanh,
    checks,
    data,
    i18n,
    plots,
    train,
    widgets,
)
from mlpkit.checks import card
from mlpkit.checks.judge import EXERCISES
from mlpkit.i18n import _, errors, messages
from mlpkit.i18n.errors import taken_apart, told
from mlpkit.i18n.fonts import families
from mlpkit.i18n.po import PoFile
from mlpkit.plots import sketch
from mlpkit.plots.picture import new_figure, style
from mlpkit.quizzes import quiz, quizzes
from mlpkit.quizzes.show import page, plain
from mlpkit.widgets import print_epoch, progress
from mlpkit.widgets.lettering import Labels, Lettering

PACKAGE = Path(errors.__file__).parents[1]


# --- The framework's errors


def wanted_texts():
    """(file, line, text) of what check, check_number and numbers of the framework expect."""
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", None)
            if name in ("check", "check_number") or (name == "numbers" and len(node.args) > 2):
                if text := written(node.args[2], name):
                    yield path.name, node.lineno, text


def written(node, name):
    """A text of the source, its {expressions} as 7; None for what is no text, or passed on."""
    if isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else "7" for p in node.values]
        return None if parts == ["a number ", "7"] else "".join(parts)
    text = node.value if isinstance(node, ast.Constant) else None
    return f"a number {text}" if text and name == "check_number" else text


def test_each_expectation_of_the_framework_has_a_sentence_to_translate():
    texts = list(wanted_texts())
    assert len(texts) > 20
    for file, line, text in texts:
        known = any(taken_apart(message, text) is not None for message in errors.WANTED)
        is_shape = text.startswith("(")
        assert known or is_shape, f"{file}:{line}: {text!r} is not in mlpkit/i18n/errors.py"


def test_an_error_of_the_framework_is_told_in_the_learners_language(monkeypatch):
    pseudo.use(monkeypatch)
    with pytest.raises(ValueError, match="batch, 2") as caught:
        Linear(2, 3).forward(np.zeros((4, 5)))
    assert told(str(caught.value)) == "x: ещпецтед (batch, 2), гот (4, 5)"
    with pytest.raises(ValueError, match="labels") as caught:
        CrossEntropyLoss().forward(np.zeros((2, 3)), [0, 3])
    assert told(str(caught.value)) == "y: ещпецтед лабелс белош 3, фром 0, гот (0, 3)"
    net = Net(Linear(2, 3))
    with pytest.raises(ValueError, match="nan or inf too") as caught:
        train(net, CrossEntropyLoss(), SGD(net, 0.1), np.full((4, 2), np.nan), [0, 1, 2, 0])
    assert told(str(caught.value)).endswith("гот нан ор инф тоо")
    assert told("epoch 2: the loss is nan; a smaller lr may help").startswith("епоцх 2: тхе лосс")


def test_what_nobody_has_translated_stays_as_it_is(monkeypatch):
    pseudo.use(monkeypatch)
    for text in ("list index out of range", "", "x: expected peace, got war"):
        assert told(text) == text


def test_a_card_and_an_explorer_tell_an_error_of_the_framework(monkeypatch):
    pseudo.use(monkeypatch)

    def rmse(y_hat, y):
        return Softmax().forward(y_hat)

    text = checks.judge("rmse", rmse).message
    explorer = widgets.scores()
    explorer.softmax = lambda scores: Softmax().forward(scores[0])
    explorer.z0.value = 5
    assert "ValueError: x: ещпецтед схапе (батцх, цлассес), гот (1,)" in text
    assert "ValueError: x: ещпецтед схапе (батцх, цлассес), гот (3,)" in explorer.panel.message


# --- The sources

# The places where a text reaches the learner: which arguments of what is called, and by what name.
CALLS = dict.fromkeys(["set_title", "set_xlabel", "set_ylabel", "suptitle", "supxlabel"], slice(1))
CALLS |= dict.fromkeys(["set_text", "facts", "unread", "sentence", "right", "wrong"], slice(None))
CALLS |= {"text": slice(2, 3), "Text": slice(2, 3), "annotate": slice(1), "write": slice(2, 3)}
CALLS |= {"Choice": slice(1, 2), "Button": slice(1, 2), "Strokes": slice(1, 2), "Wrong": slice(1)}
CALLS |= {"Verdict": slice(2, 3), "Point": slice(1, 3), "Feedback": slice(1, 2)}
ARGUMENTS = {"label", "title", "xlabel", "ylabel", "help", "summary", "message", "y_label"}
STAYS = {"accumulate", "self.", "tanh"}  # names in the code
ROOMS = ("plots", "widgets", "checks", "quizzes")


def sources():
    """(name, tree) of each module of the rooms that a learner sees; report.py is the teacher's."""
    for room in ROOMS:
        for path in sorted((PACKAGE / room).glob("*.py")):
            if path.name not in ("report.py", "questions.py"):
                yield f"{room}/{path.name}", ast.parse(path.read_text(encoding="utf-8"))


def shown_nodes(tree):
    """The nodes of all texts that are shown as they stand: what is called, and its argument."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", None))
        if name in CALLS:
            yield from node.args[CALLS[name]]
        if name != "dict":
            yield from (k.value for k in node.keywords if k.arg in ARGUMENTS)


def literals(node):
    """The texts with a word in them in an expression, without those given to a function."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"[a-z]{2}", node.value) and node.value not in STAYS:
            yield node.value
    elif isinstance(node, ast.JoinedStr | ast.IfExp | ast.BinOp | ast.BoolOp | ast.Tuple):
        for child in ast.iter_child_nodes(node):
            yield from literals(child)


def untranslated(tree):
    """The texts that reach the learner without the message function."""
    return [text for node in shown_nodes(tree) for text in literals(node)]


def test_every_text_at_a_place_that_is_shown_goes_through_the_message_function():
    found = {name: untranslated(tree) for name, tree in sources()}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize(
    "code",
    [
        'ax.set_title("Loss")',
        'ax.set(xlabel="epoch of training")',
        'facts(f"Class {n}.", _("Right."))',
        'Choice("lr", "learning rate", RATES, 0.1)',
        'Button("play", "Play")',
        'ax.plot(x, y, label="data")',
        'raise Wrong("The sum is wrong.")',
        'figure.suptitle(title or "Digits")',
    ],
)
def test_a_text_without_the_message_function_is_found(code):
    assert len(untranslated(ast.parse(code))) == 1


def calls_of_the_message_function(tree):
    return [n for n in ast.walk(tree) if getattr(getattr(n, "func", 0), "id", "") in ("_", "n_")]


def test_no_message_stands_inside_an_f_string_where_the_extractor_does_not_look():
    for name, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                inside = [c for c in calls_of_the_message_function(node) if literals_in(c)]
                assert not inside, f"{name}:{node.lineno}: {ast.unparse(node)}"


def literals_in(call):
    return [a for a in call.args if isinstance(a, ast.Constant)]


def test_every_literal_of_the_message_function_is_in_the_catalogs():
    found = {text for key in pseudo.found() for text in ([key] if isinstance(key, str) else key)}
    for name, tree in sources():
        for call in calls_of_the_message_function(tree):
            for text in literals_in(call):
                known = text.value in found or not messages.is_offered(text.value)
                assert known or not text.value, f"{name}:{call.lineno}: {text.value!r}"


@pytest.mark.parametrize("file", ["widgets/panel.js", "quizzes/quiz.js"])
def test_the_scripts_get_their_words_from_python(file):
    text = (PACKAGE / file).read_text(encoding="utf-8")
    code = re.sub(r"//.*", "", text)
    shown = re.findall(r'"[^"\n]*"|`[^`]*`', code)
    sentences = [s for s in shown if re.search(r"[A-Z][a-z]+ [a-z]+|[a-z]{3,} [a-z]{3,} [a-z]", s)]
    assert sentences == []
    assert not re.search(r'(textContent|innerHTML|append\() ?=? ?"[A-Za-z ]{2,}"', code)


# --- All that is shown, in the language of the tests: no Latin words are left

CODE_NAMES = {"tanh", "ReLU", "XOR", "MSE", "RMSE", "MAE", "accumulate", "net", "float"}
CODE_NAMES |= {"dw", "list", "None", "tuple", "xW"}
CODE_NAMES |= {"mathdefault", "softmax", "log", "nan", "inf", "sigmoid", "Linear", "Tanh", "lr"}


TAGS = r"<code.*?</code>|<[^>]*>|`[^`]*`|\$[^$]*\$|(?<=\])\(https:[^)]*\)"


def latin(texts, names=frozenset(CODE_NAMES)):
    """The words in Latin letters that are no names of things in the code."""
    text = html.unescape(re.sub(TAGS, " ", " ".join(texts), flags=re.S))
    return sorted({w for w in re.findall(r"[A-Za-z]{2,}", text) if w not in names})


def texts_of_figure(figure):
    """All texts that a figure shows."""
    texts = [text.get_text() for text in figure.findobj(Text) if text.get_visible()]
    texts += [one for labels in figure.findobj(Labels) for _x, _y, one in labels.texts]
    return [text for text in texts if text.strip()]


def texts_of_picture(picture):
    """All texts that a picture shows, and its words."""
    sketched = [shape.text for shape in getattr(picture, "shapes", ()) if hasattr(shape, "text")]
    return [picture.facts, *sketched, *texts_of_figure(picture.figure)]


def texts_of_explorer(explorer):
    """All texts of an explorer as it is now."""
    panel = explorer.panel
    for control in panel.controls:
        yield from [control["label"], control.get("help", ""), control.get("clear", "")]
        yield from control.get("shown", [])
    yield from [panel.title, panel.summary, panel.message]
    yield from (button["label"] for button in panel.buttons)
    yield from texts_of_picture(explorer.picture)


def mnist_training():
    rng = np.random.default_rng(0)
    x, y = rng.random((20, 784)), rng.integers(0, 10, 20)
    return widgets.mnist_training(lambda rng: Net(Linear(784, 10, rng)), x, y, (x, y))


EXPLORERS = {
    "activations": widgets.activations,
    "batches": widgets.batches,
    "deltas": widgets.deltas,
    "descent": widgets.descent,
    "draw_digit": lambda: widgets.draw_digit(Net(Linear(784, 16, 0), Tanh(), Linear(16, 10, 1))),
    "gradient_check": widgets.gradient_check,
    "graph": widgets.graph,
    "losses": widgets.losses,
    "mnist_training": mnist_training,
    "paths": widgets.paths,
    "scores": widgets.scores,
    "training": widgets.training,
}


def settings(choice):
    """Some values of a control: the first, the last, and some in between."""
    values = list(getattr(choice, "values", [()]))
    return values if len(values) < 12 else [*values[:: len(values) // 4], values[-1]]


def test_the_list_of_explorers_is_complete():
    assert set(EXPLORERS) == set(widgets.__all__) - {"progress", "print_epoch"}


@pytest.mark.parametrize("name", EXPLORERS)
def test_an_explorer_speaks_the_learners_language(name, monkeypatch):
    pseudo.use(monkeypatch)
    explorer = EXPLORERS[name]()
    assert latin(texts_of_explorer(explorer)) == []
    for choice in explorer.choices:
        start = getattr(explorer, choice.id).value
        for value in settings(choice):
            getattr(explorer, choice.id).value = value
            assert latin(texts_of_explorer(explorer)) == [], (choice.id, value)
        getattr(explorer, choice.id).value = start
    if hasattr(explorer, "play"):
        explorer.play(30)
        assert latin(texts_of_explorer(explorer)) == []


X, Y = data.moons(n=40, rng=0)
CURVE = data.curve(n=20, rng=0)
IMAGES = np.random.default_rng(0).random((6, 28, 28))
NET = Net(Linear(2, 2, rng=0))
RUN = Net(Linear(2, 2, rng=0))
HISTORY = train(RUN, CrossEntropyLoss(), SGD(RUN, 0.1), X, Y, epochs=3, validation=(X, Y), rng=0)
BROKEN = {"loss": ([1, 2, 3], [1.0, np.nan, 2.0])}
PLOTS = {
    "data_set": lambda: plots.data_set(X, Y),
    "data_set of a curve": lambda: plots.data_set(*CURVE),
    "boundary": lambda: plots.boundary(NET, X, Y),
    "boundary without digits": lambda: plots.boundary(NET, X, Y, digits=0),
    "boundaries": lambda: plots.boundaries({"Two layers": NET, "One layer": NET}, X, Y),
    "fit": lambda: plots.fit(Net(Linear(1, 1, rng=0)), *CURVE),
    "fit without digits": lambda: plots.fit(Net(Linear(1, 1, rng=0)), *CURVE, digits=0),
    "curves": lambda: plots.curves(HISTORY),
    "curves of two": lambda: plots.curves({"One layer": HISTORY, "Two layers": HISTORY}),
    "curves of losses": lambda: plots.curves([3.0, 2.0], log_y=True),
    "lines": lambda: plots.lines(BROKEN, title="Two losses", x_label="epoch", y_label="loss"),
    "bars": lambda: plots.bars({"class 0": 1.0, "class 1": -0.5}),
    "bars without digits": lambda: plots.bars({"class 0": 1.0}, digits=0),
    "digits_grid": lambda: plots.digits_grid(IMAGES, [0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 9]),
    "digits_grid of answers": lambda: plots.digits_grid(IMAGES, predictions=[1] * 6),
    "confusion_matrix": lambda: plots.confusion_matrix(np.array([[3, 1], [0, 4]])),
    "confusion_matrix without mistakes": lambda: plots.confusion_matrix(np.eye(3)),
    "confusion_matrix without digits": lambda: plots.confusion_matrix(np.eye(3), digits=0),
    "first_layer_weights": lambda: plots.first_layer_weights(NET_784.layers[0].W),
    "first_layer_weights without digits": lambda: plots.first_layer_weights(
        NET_784.layers[0].W, digits=0
    ),
    "graph": plots.graph,
    "graph of an expression": lambda: plots.graph("w*x + b", w=2, x=3, b=1),
}
NET_784 = Net(Linear(784, 3, rng=0))


def test_the_list_of_plots_is_complete():
    assert {name.split()[0] for name in PLOTS} == set(plots.__all__) - {"Picture"}


@pytest.mark.parametrize("name", PLOTS)
def test_a_plot_speaks_the_learners_language(name, monkeypatch):
    made = pseudo.catalog()
    if name.startswith(("curves of two", "boundaries")):
        assert pseudo.written("Two layers") == made.gettext("Two layers")
    pseudo.use(monkeypatch)
    assert latin(texts_of_picture(PLOTS[name]())) == []


@pytest.mark.parametrize("name", quizzes())
def test_a_quiz_speaks_the_learners_language(name, monkeypatch):
    pseudo.use(monkeypatch)
    view = quiz(name)
    assert latin([page(view.quiz), plain(view.quiz), *strings(view.spec["questions"])]) == []
    assert latin(view.spec["texts"].values(), {"step", "place", "total"}) == []
    for question in view.quiz.questions:
        for value in answers(question):
            feedback = view.answer(question.id, value)
            assert latin([feedback.words(), view.results[question.id]["html"]]) == []
    assert latin([view.score_line]) == []


def strings(questions):
    """What of the questions is shown."""
    for question in questions:
        yield from [question["html"], question["unit"]]
        yield from (option["html"] for option in question["options"])


def answers(question):
    """Answers of all kinds to a question: none, right ones and wrong ones."""
    names = [option.id for option in question.options]
    right = [option.id for option in question.options if option.right]
    return {
        "one": ["", *names],
        "several": [[], names[:1], names, right],
        "number": ["", "-77", str(question.answer), *(str(m.value) for m in question.mistakes)],
        "order": [names, names[::-1]],
    }[question.kind]


def test_bars_and_lines_of_progress_speak_the_learners_language(monkeypatch, capsys):
    pseudo.use(monkeypatch)
    on_epoch = progress(1)
    on_epoch(HISTORY[0])
    print_epoch(HISTORY[0])
    out, err = capsys.readouterr()
    assert "Траининг" in err and "лосс" in out
    assert latin([out, err]) == []


# --- Cards

FOLDER = Path(__file__).parent
WRONG = sorted(FOLDER.glob("wrong_answers/*/*.py"))
PYTHON = re.compile(r"[A-Za-z]*Error\b.*")  # Python's own line about an exception


def names_in(*codes):
    """All names and texts in pieces of code."""
    return {word for code in codes for word in re.findall(r"[A-Za-z]{2,}", code)}


def judged(name, answer):
    """The card about an answer, as text and as HTML, without lines that Python has written."""
    verdict = checks.judge(name, answer)
    hints = [_(hint) for hint in checks.HINTS[name]]
    text = card.words(name, verdict.status, verdict.message)
    lines = [line for line in text.splitlines() if not PYTHON.match(line.strip())]
    return ["\n".join(lines), card.markup("\n".join(lines), verdict.status, hints)]


@pytest.mark.parametrize("name", sorted({path.parent.name for path in WRONG}))
def test_the_card_of_a_planted_mistake_speaks_the_learners_language(name, monkeypatch):
    pseudo.use(monkeypatch)
    exercise = EXERCISES[name]
    judging = inspect.getsource(inspect.getmodule(exercise.judge))
    for path in WRONG:
        if path.parent.name == name:
            source = path.read_text(encoding="utf-8")
            names = {"__name__": "__main__"}
            exec(compile(source, str(path), "exec"), names)
            allowed = (
                CODE_NAMES | names_in(source, judging, name) | {"None", "list", "tuple", "float"}
            )
            assert latin(judged(name, names[exercise.binds]), allowed) == [], path.stem


@pytest.mark.parametrize("name", EXERCISES)
def test_the_card_of_a_blank_or_a_wrong_thing_speaks_the_learners_language(name, monkeypatch):
    pseudo.use(monkeypatch)
    allowed = CODE_NAMES | names_in(name, EXERCISES[name].binds)
    for answer in (EXERCISES[name].reference, 3):
        assert latin(judged(name, answer), allowed) == []


def test_the_cards_of_progress_and_resume_speak_the_learners_language(
    monkeypatch, capsys, tmp_path
):
    pseudo.use(monkeypatch)
    monkeypatch.setenv("MLPKIT_HOME", str(tmp_path))
    monkeypatch.setattr(checks, "latest", {})
    checks.resume({})
    checks.progress()
    binds = {exercise.binds for exercise in EXERCISES.values()}
    assert latin([capsys.readouterr().out], names_in(*binds, "resume progress")) == []


# --- The catalogs


@pytest.fixture
def root(tmp_path):
    """A course of one module, one quiz and one notebook, with its catalogs."""
    for folder in ("mlpkit/quizzes", "notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    module = """
# Translators: on a button
title = _("Play the {name}", name=name)
shape = N_("x² + y²")
both = _("{n} of {all}: {steps}", n=1, all=2, steps=n_("{n} step", "{n} steps", 3))
again = _("Play the {name}", name=1)
"""
    write(tmp_path / "mlpkit/view.py", module)
    write(tmp_path / "mlpkit/quizzes/a.toml", 'id = "a"\ntitle = "What $x^2$ is"\n')
    cell = {"cell_type": "code", "source": 'plots.lines(a, title="The loss")\nprint("not this")'}
    write(tmp_path / "notebooks/A.ipynb", json.dumps({"cells": [cell]}))
    messages.update(tmp_path)
    return tmp_path


def write(path, text):
    path.write_text(text, encoding="utf-8", newline="\n")


def translate(root, **translations):
    """Write translations, by a word of the English text, into the Persian catalog."""
    path = messages.path_of(root, "fa")
    po = PoFile.read(path, "fa")
    for message in po.messages():
        for word, string in translations.items():
            if word in str(message.id):
                message.string = string
    write(path, po.text())
    messages.update(root)


def persian(root):
    return messages.path_of(root, "fa").read_text(encoding="utf-8")


def counted(root):
    return PoFile.read(messages.path_of(root, "fa"), "fa").counted()


def problems(root):
    return [one for one in messages.check(root) if "fa.po" in one and "untranslated" not in one]


def test_code_quizzes_and_notebooks_are_collected_once_each(root):
    assert list(messages.found(root)) == [
        "Play the {name}",
        "{n} of {all}: {steps}",
        ("{n} step", "{n} steps"),
        "What $x^2$ is",
        "The loss",
    ]
    assert "#. on a button\n#: mlpkit/view.py\n#, python-brace-format\nmsgid" in persian(root)


def test_an_update_that_finds_nothing_new_changes_nothing(root):
    translate(root, Play="پخش {name}", loss="خطا")
    before = persian(root)
    messages.update(root)
    assert persian(root) == before
    assert problems(root) == []
    assert counted(root) == (2, 0, 3)


def test_a_changed_sentence_becomes_fuzzy_and_keeps_what_it_was(root):
    translate(root, Play="پخش {name}")
    source = (root / "mlpkit/view.py").read_text(encoding="utf-8")
    write(root / "mlpkit/view.py", source.replace("Play the", "Play a"))
    assert any("not up to date" in problem for problem in problems(root))
    for _time in range(2):
        messages.update(root)
        text = persian(root)
        assert '#| msgid "Play the {name}"\nmsgid "Play a {name}"\nmsgstr "پخش {name}"' in text
        assert "fuzzy" in problems(root)[0]
    assert counted(root) == (0, 1, 4)


def test_a_header_that_a_translator_has_changed_stays(root):
    path = messages.path_of(root, "fa")
    changed = persian(root).replace("not reviewed by a native speaker", "reviewed")
    write(path, changed)
    messages.update(root)
    assert persian(root) == changed


@pytest.mark.parametrize(
    "translations, said",
    [
        ({"Play": "پخش {nam}"}, "'{nam}': 0 in English, 1 in the translation"),
        ({"Play": "پخش"}, "'{name}': 1 in English, 0 in the translation"),
        ({"What": "$x^3$ چیست"}, "formula missing: $x^2$"),
        ({"What": "$x^3$ چیست"}, "formula not in the English sentence: $x^3$"),
        ({"loss": "**خطا**"}, "'**': 0 in English, 2 in the translation"),
        ({"loss": "`loss`"}, "code not in the English sentence: `loss`"),
        ({"loss": "خطا\n"}, "line break at the end"),
        ({"{n} step": ("گام",)}, "'{n}': 1 in English, 0 in the translation"),
    ],
)
def test_a_fault_in_a_translation_is_named(root, translations, said):
    translate(root, **translations)
    assert any(said in problem for problem in problems(root)), problems(root)


def test_a_sentence_that_is_gone_is_not_kept(root):
    write(root / "notebooks/A.ipynb", json.dumps({"cells": []}))
    assert any("not up to date" in problem for problem in problems(root))
    messages.update(root)
    assert "The loss" not in persian(root)


def test_every_catalog_of_the_course_is_up_to_date():
    stale = [one for one in messages.check(pseudo.ROOT) if "not up to date" in one]
    assert stale == []


# --- Letters


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_fonts_have_every_letter_of_the_catalog(language, monkeypatch):
    monkeypatch.setattr(i18n, "chosen", language)
    known = set().union(*(font_of(name).get_charmap() for name in families()))
    for message in PoFile.read(messages.path_of(pseudo.ROOT, language), language).messages():
        texts = [message.string] if isinstance(message.string, str) else message.string
        for text in texts:
            missing = {c for c in text if ord(c) not in known and c != "\n"}
            assert not missing, (message.id, missing)


def font_of(family):
    return get_font(findfont(FontProperties(family=family), fallback_to_default=False))


SENTENCES = {
    "fa": "شبکه‌های عصبی: گرادیان ∂ℒ/∂w₁، η = 0.5؛ «خطا» (۱۲٫۵٪)",
    "te": "న్యూరల్ నెట్‌వర్క్‌లో గ్రాడియెంట్ ∂ℒ/∂w₁, η = 0.5, స్త్రీ క్ష",
    "th": "อัตราการเรียนรู้ ∂ℒ/∂w₁, η = 0.5 ที่ปั้น น้ำหนัก ๆ",
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_sentence_is_drawn_without_a_missing_letter(language, weight, monkeypatch):
    monkeypatch.setattr(i18n, "chosen", language)
    with style():
        figure = new_figure(8, 2)
        for kind, y in ((Text, 0.2), (Lettering, 0.7)):
            text = kind(0.5, y, SENTENCES[language], weight=weight, transform=figure.transFigure)
            figure.add_artist(text)
        figure.canvas.draw()  # a missing letter is a warning, and warnings are errors
    rows = (np.asarray(figure.canvas.buffer_rgba())[..., 0] < 128).any(axis=1)
    assert rows[: len(rows) // 2].any() and rows[len(rows) // 2 :].any()


def test_no_picture_joins_a_formula_and_words_in_one_string(monkeypatch):
    pseudo.use(monkeypatch)
    for make in PLOTS.values():
        for text in texts_of_figure(make().figure):
            assert not ("$" in text and re.search(r"[а-щы]{2}", text)), text


def test_the_pictures_of_english_need_no_fonts_of_the_course(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "en")
    assert families() == ["DejaVu Sans"]


# --- Right-to-left views


def test_panel_quiz_and_card_name_language_and_direction(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "fa")
    panel, view = widgets.scores().panel, quiz("gd-before")
    assert (panel.lang, panel.dir) == (view.spec["lang"], view.spec["dir"]) == ("fa", "rtl")
    assert '<div lang="fa" dir="rtl">' in page(view.quiz)
    shown = card.markup("✗ rmse: wrong. No.\nValueError: x", "wrong")
    assert shown.startswith('<div role="status" lang="fa" dir="rtl" style="border-right: ')
    assert '<span dir="auto" style=' in shown


def test_an_english_card_needs_no_such_marks(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "en")
    shown = card.markup("✗ rmse: wrong. No.\nValueError: x", "wrong")
    assert shown.startswith('<div role="status" style="border-left: ') and "dir=" not in shown


def test_the_style_sheet_of_right_to_left_cells_comes_with_the_first_view():
    for view in (widgets.scores().panel, quiz("gd-before")):
        assert i18n.PAGE_STYLE in view._css


def test_a_right_to_left_text_in_a_sketch_says_so():
    arabic, latin_text = (
        sketch.svg([sketch.Text(0, 0, t)], (9, 9), "") for t in ("گام 3 از 14: z³", "z³ = 1")
    )
    assert 'direction="rtl"' in arabic and "direction" not in latin_text
