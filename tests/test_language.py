"""The language is chosen as the course says, and all that a learner sees is in it."""

import io
import os
import subprocess
import sys

import pytest
from babel.messages.catalog import Catalog

from mlpkit import i18n
from mlpkit.i18n import _, bidi, catalogs, n_, set_language


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    """A folder that names no language, and no choice so far."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(i18n, "chosen", None)
    return tmp_path


# --- The choice


def test_it_is_english_when_nothing_says_otherwise():
    assert (i18n.language(), i18n.direction()) == ("en", "ltr")


def test_the_name_of_the_folder_chooses(surroundings, monkeypatch):
    (surroundings / "th").mkdir()
    monkeypatch.chdir(surroundings / "th")
    assert i18n.language() == "th"


@pytest.mark.parametrize("path", ["/course/notebooks/fa/OwnFramework.ipynb", "fa/x.ipynb"])
def test_jupyters_name_of_the_notebook_comes_before_the_folder(path, surroundings, monkeypatch):
    (surroundings / "th").mkdir()
    monkeypatch.chdir(surroundings / "th")
    monkeypatch.setenv("JPY_SESSION_NAME", path)
    assert (i18n.language(), i18n.direction()) == ("fa", "rtl")


def test_the_environment_comes_before_the_notebook(monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "/course/notebooks/fa/OwnFramework.ipynb")
    monkeypatch.setenv("MLPKIT_LANG", "te")
    assert i18n.language() == "te"
    monkeypatch.setattr(i18n, "chosen", None)
    monkeypatch.setenv("MLPKIT_LANG", "en")
    assert i18n.language() == "en"


def test_set_language_comes_before_everything(monkeypatch):
    monkeypatch.setenv("MLPKIT_LANG", "te")
    set_language("th")
    assert i18n.language() == "th"
    set_language(None)
    assert i18n.language() == "te"


def test_an_unknown_language_is_named(monkeypatch):
    with pytest.raises(ValueError, match="code: expected one of en, fa, te, th, got 'xx'"):
        set_language("xx")
    monkeypatch.setenv("MLPKIT_LANG", "klingon")
    with pytest.raises(ValueError, match=r"MLPKIT_LANG: expected one of .*, got 'klingon'"):
        i18n.language()


@pytest.mark.parametrize("folder", ["notebooks", "", "lab", "english", "FA"])
def test_other_folders_are_english(folder, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", os.path.join("course", folder, "x.ipynb"))
    assert i18n.language() == "en"


def test_english_loads_no_catalog_and_no_babel():
    code = "import sys; from mlpkit.i18n import _; _('Right.'); print('babel' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# --- Looking up


@pytest.fixture
def persian(monkeypatch):
    """A Persian catalog of four messages, one of them fuzzy and one not translated."""
    made = Catalog("fa")
    made.add("Right.", "درست.")
    made.add("at {place} {value}", "در {place}: {value}")
    made.add("Check", "بررسی", flags=["fuzzy"])
    made.add("Clear")
    made.add(("{n} step", "{n} steps"), ("{n} گام", "{n} گام"))
    made = catalogs.compiled(made)
    monkeypatch.setitem(catalogs.loaded, "fa", made)
    set_language("fa")


def test_a_message_is_looked_up_and_filled_in(persian):
    assert _("Right.") == "درست."
    assert n_("{n} step", "{n} steps", 3) == "3 گام"
    assert _("at {place} {value}", place="a", value=2) == "در a: 2"


def test_what_is_fuzzy_or_not_translated_or_unknown_is_english(persian):
    assert [_(text) for text in ("Check", "Clear", "Unknown to all")] == [
        "Check",
        "Clear",
        "Unknown to all",
    ]


def test_an_empty_text_is_not_the_header_of_the_catalog(persian):
    assert _("") == ""


def test_english_has_two_forms_for_numbers():
    assert [n_("{n} step", "{n} steps", n) for n in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]


def test_the_catalog_of_each_language_is_read_once():
    for code in ("fa", "te", "th"):
        assert catalogs.load(code) is catalogs.load(code)
        assert catalogs.load(code).gettext("no such message") == "no such message"


# --- Right-to-left sentences


@pytest.mark.parametrize("value", ["-0.5", "−0.5", "(1, 2)", "w = 3", "92 %", "0.5, 0.25"])
def test_a_formula_stays_as_it_is_in_a_right_to_left_sentence(value, persian):
    text = _("at {place} {value}", place="x", value=value)
    assert f"\u200e{value}\u200e" in text


@pytest.mark.parametrize("value", [3, "3", "epoch", "درست", "از 3 تا 5", ""])
def test_what_needs_no_marks_gets_none(value):
    assert bidi.kept(value) == value


def test_marks_do_not_pile_up():
    assert bidi.kept(bidi.kept("-1")) == bidi.kept("-1")


def test_a_right_to_left_sentence_that_begins_with_a_formula_says_so():
    assert bidi.begun("η = 1، گام") == "\u200fη = 1، گام"
    assert bidi.begun("گام: η") == "گام: η"
    assert bidi.begun("eta") == "eta"


def test_a_row_goes_from_left_to_right_whatever_its_words_are():
    assert bidi.row(["Linear", "Tanh", "softmax"], " → ") == "Linear → Tanh → softmax"
    mixed = bidi.row(["Linear", "softmax و آنتروپی", "ℒ"], " → ")
    assert mixed == "\u2066Linear → \u2067softmax و آنتروپی\u2069 → ℒ\u2069"
    assert bidi.kept(mixed) == mixed


def test_what_follows_a_label_is_read_in_its_own_direction():
    assert bidi.listed("A.", "11 %") == "A. \u206611 %\u2069"
    assert bidi.listed("A.", "MSE و RMSE") == "A. \u2067MSE و RMSE\u2069"


# --- Printing


SAID = "✓ درست"
COMMANDS = {
    "desk": """
from mlpkit.desk import start
start.lay_all = lambda root: [{said!a}]
start.LabApp.launch_instance = lambda options: None
start.main([])
""",
    "report": """
from mlpkit.checks import report
report.judged = lambda path, options: [report.Line({said!a}, "relu", "right", "")]
report.main(["report", "--csv", "any.ipynb"])
""",
    "translate": """
import sys
from mlpkit.i18n import translate
translate.check_all = lambda root, catalogs: [{said!a}]
sys.argv[1:] = ["check"]
translate.main()
""",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_every_language_where_the_system_has_few_letters(name):
    command = [sys.executable, "-c", COMMANDS[name].format(said=SAID)]
    few = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, env=few, capture_output=True, encoding="utf-8")
    assert (SAID in done.stdout, done.stderr) == (True, "")


@pytest.mark.parametrize(
    ("encoding", "shown"), [("cp1252", "\\u2713 très\n"), ("utf-8", "✓ très\n")]
)
def test_what_a_program_says_is_never_lost_to_an_encoding(monkeypatch, encoding, shown):
    file = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(file, encoding=encoding, newline="\n"))
    i18n.say("✓ très")
    sys.stdout.flush()
    assert file.getvalue().decode(encoding) == shown


def test_a_stream_that_knows_no_encodings_stays(monkeypatch):
    class Plain:
        """What a window without a terminal, or a notebook, has for the streams."""

    monkeypatch.setattr(sys, "stdout", Plain())
    monkeypatch.setattr(sys, "stderr", None)
    i18n.speak_utf8()
    assert vars(sys.stdout) == {}
