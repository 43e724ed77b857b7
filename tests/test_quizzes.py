"""Quizzes: every file is sound and its keys are right; answers are judged and explained."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from execute import ROOT, read

import mlpkit
from mlpkit import i18n
from mlpkit.quizzes import questions as data
from mlpkit.quizzes import quiz, quizzes, show
from mlpkit.quizzes.judge import judge, lettered, readings
from mlpkit.quizzes.text import markup

FIXTURE = Path(__file__).parent / "quizzes" / "gd-fixture.toml"
FILES = [*sorted(data.FOLDER.glob("*.toml")), FIXTURE]
SHIPPED = [data.read(path) for path in FILES[:-1]]
QUESTIONS = [pytest.param(q, id=q.id) for path in FILES for q in data.read(path).questions]
ASKED = [question for one in SHIPPED for question in one.questions]


@pytest.fixture
def fixture():
    """The view of the quiz for the tests."""
    return show.QuizView(data.read(FIXTURE))


# --- Every file


def test_every_file_is_a_quiz_of_a_lesson():
    assert sorted(quizzes()) == [path.stem for path in FILES[:-1]]


@pytest.mark.parametrize("name", quizzes())
def test_a_quiz_is_shown_with_its_questions(name):
    view = quiz(name)
    assert view.quiz.id == name
    assert 5 <= len(view.quiz.questions) <= 7


def test_the_ids_of_all_questions_differ():
    assert [name for name, times in Counter(q.id for q in ASKED).items() if times > 1] == []


def test_at_least_half_of_all_keys_are_computed():
    assert 2 * sum(bool(question.computes) for question in ASKED) >= len(ASKED)


def test_the_right_option_is_not_the_longest_as_a_rule():
    of_one = [q for q in ASKED if q.kind == "one"]
    longest = [max(q.options, key=lambda option: len(option.text)) for q in of_one]
    assert sum(option.right for option in longest) <= 0.5 * len(of_one)


def test_the_place_of_the_right_option_varies():
    of_one = [q for q in ASKED if q.kind == "one"]
    places = Counter([option.right for option in q.options].index(True) for q in of_one)
    assert max(places.values(), default=0) <= 0.6 * len(of_one)


@pytest.mark.parametrize("question", [param for param in QUESTIONS if param.values[0].computes])
def test_the_marked_key_is_the_computed_one(question):
    def computed(**names):
        return eval(question.computes, {"np": np, "mlpkit": mlpkit} | names)

    if question.kind == "several":
        assert [bool(computed(v=o.value)) for o in question.options] == [
            option.right for option in question.options
        ]
    elif question.kind == "one":
        key = computed()
        assert [equal(key, o.value) for o in question.options] == [
            option.right for option in question.options
        ]
    elif question.kind == "number":
        assert abs(computed() - question.answer) <= question.tolerance + 1e-9
    else:
        assert list(computed()) == [step.id for step in question.options]


def equal(key, value):
    """Whether a value is the key: numbers up to rounding."""
    return key == value if isinstance(value, str) else bool(np.isclose(key, value))


def sections(cells, name):
    """The headings above the cell `name`, of each level the last one; and that of the cell."""
    found = {}
    for cell in cells:
        lines = cell.source.splitlines() if cell.cell_type == "markdown" else []
        for line in lines:
            if match := re.match(r"(#+) (.*)", line):
                kept = {n: title for n, title in found.items() if n < len(match[1])}
                found = kept | {len(match[1]): match[2]}
                if cell.id == name:
                    yield match[2]
        if cell.id == name:
            yield from found.values()
            return
    raise LookupError(f"no cell {name}")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_place_to_read_again_is_there(question):
    path = ROOT / data.LESSONS[question.cell.split("-")[0]]
    lesson, comma, place = question.see.partition(", ")
    titles = list(sections(read(path).cells, question.cell))
    number = re.fullmatch(r"section (\d+)", place)
    fits = [t for t in titles if (t.startswith(f"{number[1]}. ") if number else place in t)]
    assert lesson == path.stem
    assert fits or not comma, f"{question.cell} stands in {titles}, not in {place!r}"


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_explained(question):
    for option in question.options:
        assert len(option.why.split()) >= 2
    if question.kind == "one":
        for option in question.options:
            feedback = judge(question, option.id)
            assert feedback.status == ("right" if option.right else "wrong")
            assert feedback.points[0].why == option.why
    if question.kind == "several":
        key = [option.id for option in question.options if option.right]
        assert judge(question, key).status == "right"
    if question.kind == "number":
        assert judge(question, question.answer).status == "right"
        for mistake in question.mistakes:
            assert judge(question, mistake.value).points[0].why == mistake.why
    if question.kind == "order":
        key = [step.id for step in question.options]
        assert judge(question, key).status == "right"
        assert judge(question, [step.id for step in question.shuffled()]).status == "wrong"


def strings(table, name=""):
    """Every string in a file that is a text for people."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from strings(value, key)
    elif isinstance(table, list):
        for value in table:
            yield from strings(value, name)
    elif isinstance(table, str) and name not in ("id", "kind", "cell", "computes", "value"):
        yield table.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_reaches_the_translator(path):
    texts = list(data.texts(data.read(path)))
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert sorted(text for where, text in texts) == sorted(strings(table))
    assert len(dict(texts)) == len(texts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_light_markdown(path):
    for where, text in data.texts(data.read(path)):
        plain = re.sub(r"`[^`]+`", "", text)
        assert plain.count("$") % 2 == 0, where
        assert plain.count("**") % 2 == 0, where
        assert not re.search(r"</?[a-z]+>|`", plain), where


# --- Files with faults


FAULTS = [
    ('id = "gd-fixture"', 'id = "gd-other"', "gd-fixture.toml: id: expected gd-fixture"),
    ("[[question]]", "[[question", "gd-fixture.toml: expected TOML"),
    ('kind = "one"', 'kind = "two"', "kind: expected one or several or number or order"),
    ('cell = "gd-epochs-01"\n', "", "question fixture-updates: cell: expected a value"),
    ('cell = "gd-epochs-01"', 'cell = "epochs"', "cell: expected the id of a cell"),
    ('id = "fixture-step"', 'id = "fixture-order"', "question: expected different ones"),
    ('id = "fixture-step"', 'id = "Step 1"', "id: expected an id such as chain-rule"),
    ('id = "ceil"', 'id = "floor"', "option: expected different ones, got 'floor'"),
    ('text = "16"', 'text = "15"', "option: expected different ones, got '15'"),
    ("  right = true\n", "", "fixture-updates: option: expected exactly one right option, got 0"),
    ("value = 15", "right = true", "option: expected exactly one right option, got 2"),
    ("right = true", "right = 1", "option ceil: right: expected bool, got 1"),
    ("right = true", "rigth = true", "option ceil: rigth: expected no such field"),
    ('text = "16"', 'text = " "', "option ceil: text: expected some text"),
    ("answer = 0.6", 'answer = "0.6"', "fixture-step: answer: expected int or float, got '0.6'"),
    ("answer = 0.6", "answer = true", "fixture-step: answer: expected int or float, got True"),
    ("tolerance = 0.001", "tolerance = -1", "tolerance: expected 0 or more"),
    ("value = 1.4", "value = 0.6", "mistake: expected a number that is not right"),
    ('unit = "meters"', 'units = "meters"', "fixture-step: units: expected no such field"),
]


@pytest.mark.parametrize(("old", "new", "message"), FAULTS)
def test_a_fault_in_a_file_is_named(tmp_path, old, new, message):
    text = FIXTURE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / FIXTURE.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(message)) as error:
        data.read(path)
    assert str(error.value).startswith("gd-fixture.toml: ")


@pytest.mark.parametrize(("kind", "few"), [("option", "3 or 4 options"), ("step", "4 steps")])
def test_too_few_options_or_steps_are_refused(tmp_path, kind, few):
    text = FIXTURE.read_text(encoding="utf-8")
    blocks = re.split(rf"(?=  \[\[question\.{kind}\]\])", text, maxsplit=2)
    path = tmp_path / FIXTURE.name
    path.write_text(blocks[0] + blocks[2], encoding="utf-8")
    with pytest.raises(ValueError, match=few):
        data.read(path)


def test_an_unknown_quiz_is_refused():
    with pytest.raises(ValueError, match=r"name: expected one of .*, got 'own-during'"):
        quiz("own-during")


# --- Numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("0.25", [0.25]),
        ("0,25", [0.25]),
        (" .25 ", [0.25]),
        ("1/4", [0.25]),
        ("-1 / 4", [-0.25]),
        ("−3", [-3]),
        ("+3", [3]),
        ("1e-3", [0.001]),
        ("1,000", [1, 1000]),
        ("1,000,000", [1_000_000]),
        ("1,234.5", [1234.5]),
        ("23 860", [23860]),
        ("۰٫۲۵", [0.25]),
        ("۱٬۰۰۰", [1, 1000]),
        ("−۱/۴", [-0.25]),
        ("\u200e-0.5\u200e", [-0.5]),
        ("12 meters", [12]),
        ("3/0", []),
        ("", []),
        ("a lot", []),
        ("1 2", []),
        ("1_000", []),
        ("nan", []),
        ("1.2.3", []),
        ("1/2/3", []),
    ],
)
def test_numbers_are_read_as_people_write_them(text, numbers):
    assert readings(text, "meters") == numbers


@pytest.mark.parametrize("unit", ["%", "٪"])
@pytest.mark.parametrize("text", ["11.2", "11.2%", "11,2 %", "۱۱٫۲٪", "۱۱٫۲ ٪", "۱۱٫۲%", "11.2٪"])
def test_a_percent_sign_is_read_as_people_write_it(text, unit):
    assert readings(text, unit) == [11.2]


def test_a_persian_number_is_right_in_the_persian_quiz(monkeypatch):
    monkeypatch.setattr(i18n, "chosen", "fa")
    (question,) = (q for q in ASKED if q.id == "always-the-same-answer")
    assert {judge(question, text).status for text in ("۱۱٫۲", "۱۱٫۲٪", "11.2 %")} == {"right"}
    assert judge(question, "۱۱۲٪").points[0].why == i18n._(question.mistakes[-1].why)
    assert judge(question, "۱۱٫۲ متر").status == "unread"


# --- Answers


def test_a_wrong_option_is_explained_and_the_right_one_is_not_given_away(fixture):
    feedback = fixture.answer("fixture-updates", "floor")
    assert feedback.status == "wrong"
    assert "960" in feedback.words()
    assert "16" not in feedback.words()
    assert feedback.rest == ()


def test_a_right_option_is_explained_and_so_are_the_others(fixture):
    feedback = fixture.answer("fixture-updates", "ceil")
    assert feedback.status == "right"
    assert [point.text for point in feedback.points] == ["B. 16"]
    assert [(point.sign, point.text) for point in feedback.rest] == [
        ("✗", "A. 15"),
        ("✗", "C. 1000"),
    ]


def test_of_several_the_missing_ones_are_hinted_at_then_counted(fixture):
    leads = [fixture.answer("fixture-positive", ["half", "zero"]).lead for _ in range(2)]
    assert leads == [
        "Not right yet. Something right is still missing.",
        "Not right yet. Right answers that are missing: 1.",
    ]
    more = fixture.answer("fixture-positive", ["half", "three", "zero"])
    assert more.lead == "Not right yet. All that is right is there, and more than that."
    assert [point.sign for point in more.points] == ["✗", "✓", "✓"]
    done = fixture.answer("fixture-positive", ["three", "half"])
    assert done.status == "right"
    assert len(done.points) == len(done.rest) == 2


def test_a_number_is_right_within_its_tolerance(fixture):
    for text, status in {
        "0.6": "right",
        "3/5": "right",
        "0,6005": "right",
        "0.61": "wrong",
    }.items():
        assert fixture.answer("fixture-step", text).status == status


def test_foreseen_and_other_wrong_numbers_are_explained(fixture):
    assert "uphill" in fixture.answer("fixture-step", "1,4").words()
    assert "Take" in fixture.answer("fixture-step", "7").words()


def test_an_order_is_praised_up_to_the_first_step_out_of_place(fixture):
    feedback = fixture.answer("fixture-order", ["forward", "backward", "loss", "step"])
    assert feedback.status == "wrong"
    assert [(point.sign, point.text) for point in feedback.points][1:] == [("✗", "Backward")]
    done = fixture.answer("fixture-order", ["forward", "loss", "backward", "step"])
    assert done.status == "right"
    assert len(done.points) == 5


def test_steps_are_shown_in_a_fixed_order_that_is_not_the_right_one(fixture):
    question = fixture.quiz.question("fixture-order")
    shown = question.shuffled()
    assert shown == question.shuffled() != list(question.options)
    assert sorted(shown) == sorted(question.options)
    assert shown[0] != question.options[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("no-question", "floor"),
        ("fixture-updates", "round"),
        ("fixture-positive", ["half", "round"]),
        ("fixture-order", ["forward", "forward", "loss", "step"]),
        ("fixture-order", []),
    ],
)
def test_an_unknown_question_or_option_is_refused(fixture, name, value):
    with pytest.raises(ValueError, match="expected"):
        fixture.answer(name, value)
    assert fixture.score() == (0, 0, 4)
    assert fixture.answers == {}


def test_the_score_counts_first_tries_and_what_is_right_now(fixture):
    assert fixture.score() == (0, 0, 4)
    fixture.answer("fixture-updates", "ceil")
    fixture.answer("fixture-step", "7")
    fixture.answer("fixture-step", "0.6")
    assert fixture.score() == (1, 2, 4)
    assert fixture.score_line == "1 of 4 right at the first try, 2 now."
    fixture.answer("fixture-updates", "floor")
    assert fixture.score() == (1, 1, 4)


@pytest.mark.parametrize(
    ("name", "value"),
    [("fixture-updates", None), ("fixture-positive", []), ("fixture-step", "much")],
)
def test_no_answer_is_no_try(fixture, name, value):
    assert fixture.answer(name, value).status == "unread"
    assert fixture.tries[name] == []
    assert "href" not in fixture.results[name]["html"]


def test_a_message_of_the_page_is_answered(fixture):
    fixture.hear({"check": "fixture-updates", "value": "floor"})
    said = fixture.results["fixture-updates"]
    assert (said["status"], said["count"]) == ("wrong", 1)
    assert 'href="GradientDescent.ipynb#cell-id=gd-epochs-01"' in said["html"]
    fixture.hear({"check": "fixture-updates", "value": "floor"})
    assert fixture.results["fixture-updates"]["count"] == 2
    assert fixture.answers == {"fixture-updates": "floor"}


def test_the_key_is_not_sent_to_the_page(fixture):
    assert "why" not in str(fixture.spec)
    assert "right" not in str(fixture.spec)


@pytest.mark.parametrize(
    ("lesson", "cell", "address"),
    [
        ("gd-after", "gd-epochs-01", "GradientDescent.ipynb#cell-id=gd-epochs-01"),
        ("lab-before", "own-net-01", "../notebooks/OwnFramework.ipynb#cell-id=own-net-01"),
        ("own-after", "lab-one-01", "../lab/MyFW_MNIST.ipynb#cell-id=lab-one-01"),
    ],
)
def test_the_link_leads_from_the_lesson_to_the_cell(lesson, cell, address):
    assert show.address(cell, data.Quiz(lesson, "", ())) == address


# --- Texts, and the page without a kernel


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<b>&", "&lt;b&gt;&amp;"),
        ("**bold** & `a < b`", '<b>bold</b> &amp; <code dir="ltr">a &lt; b</code>'),
        ("$a < b$", '<span dir="ltr">$a &lt; b$</span>'),
        ("`**a**` `$b$`", '<code dir="ltr">**a**</code> <code dir="ltr">$b$</code>'),
        ("**see $x$**", '<b>see <span dir="ltr">$x$</span></b>'),
        ("[a](javascript:b)", "[a](javascript:b)"),
        (
            '[<a>](https://a.org/?b="&c)',
            '<a href="https://a.org/?b=&quot;&amp;c" target="_blank" rel="noopener">&lt;a&gt;</a>',
        ),
    ],
)
def test_light_markdown_is_escaped(text, html):
    assert markup(text).replace(' style="white-space: pre-wrap"', "") == html


def test_in_persian_the_letter_stands_before_the_option_and_code_in_a_box(monkeypatch, fixture):
    question = next(q for q in fixture.quiz.questions if q.kind == "one")
    option = question.options[0]._replace(text="11 %")
    question = question._replace(options=(option, *question.options[1:]))
    assert lettered(question, option) == "A. 11 %"
    monkeypatch.setattr(i18n, "chosen", "fa")
    assert lettered(question, option) == "A. \u206611 %\u2069"
    assert "display: inline-flex; text-align: left" in markup("`a\nb`")


def test_in_persian_paragraphs_without_a_kernel_stand_on_the_right(monkeypatch, fixture):
    assert "text-align" not in show.page(fixture.quiz)
    monkeypatch.setattr(i18n, "chosen", "fa")
    page = show.page(fixture.quiz)
    assert "<p>" not in page
    assert page.count("<p ") == page.count('<p style="text-align: right">')


def test_the_page_without_a_kernel_is_escaped_and_folds_the_key(fixture):
    bundle = fixture._repr_mimebundle_()[0]
    page = bundle["text/html"]
    assert "A quiz for the tests: x&lt;y &amp; &quot;z&quot;" in page
    assert page.count("<details>") == page.count("</details>") == 4
    assert not re.search(r"<script|<style|\son\w+=|\sid=", page)
    outside = re.sub(r"<details>.*?</details>", "", page)
    assert "Fifteen batches" in page
    assert not re.search(r"✓|✗|Fifteen batches", outside)


def test_the_text_without_a_kernel_has_every_option_and_no_key(fixture):
    text = fixture._repr_mimebundle_()[0]["text/plain"]
    lines = text.splitlines()
    assert lines[0] == 'A quiz for the tests: x<y & "z" (4 questions)'
    assert sum(line.startswith("   ") for line in lines) == 3 + 4 + 1 + 4
    assert "✓" not in text
    assert "Fifteen" not in text


def test_what_is_saved_is_the_same_every_time_whatever_was_answered(fixture):
    saved = []
    for view in (fixture, show.QuizView(data.read(FIXTURE))):
        view.answer("fixture-updates", "ceil")
        bundle = view._repr_mimebundle_()[0]
        saved.append((bundle["text/html"], bundle["text/plain"]))
        assert "application/vnd.jupyter.widget-view+json" in bundle
    assert saved[0] == saved[1]


def test_saved_code_of_several_lines_is_a_block_where_the_page_would_run_lines_together():
    text = "What?\n\n`a = 1\nb = 2`"
    assert "display: block" in markup(text, apart=True)
    assert "display: block" not in markup(text)
    assert "display: block" not in markup("What is `a`?", apart=True)
