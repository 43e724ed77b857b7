"""Catalogs and editions follow the English, and every fault in them is found and named."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from mlpkit.i18n import editions, lints, slices, translate
from mlpkit.i18n.build import Builder, notebook_text
from mlpkit.i18n.directions import isolated
from mlpkit.i18n.editions import Edition
from mlpkit.i18n.po import PoFile

ROOT = Path(__file__).resolve().parents[1]
LESSON, LAB = "notebooks/Lesson.ipynb", "lab/README.md"
LANGUAGE_LINE = "**Language:** English · [فارسی](fa/{0}) · [తెలుగు](te/{0}) · [ไทย](th/{0})"
LOSS = r"The *loss* is $\frac{1}{N}\sum_i r_i^2$; see `train` and [the lab](../lab/README.md)."
TITLE = "Write a small net"
SHORT = "It becomes smaller."
CELLS = {
    "les-title-01": f"# {TITLE}\n\n{LANGUAGE_LINE.format('Lesson.ipynb')}\n\n{LOSS}",
    "les-list-01": (
        "- a list item with a model\n\n| | meaning |\n|---|---|\n| $\\eta$ | learning rate |"
    ),
    "les-answer-01": f"<details><summary>Answer</summary>\n\n{SHORT}\n</details>",
    "les-end-01": (
        "> **Remember** the sum.\n\n"
        "✔ First the model.<br>\n✔ Then [the title](#cell-id=les-title-01)."
    ),
}
README = f"""\
# The lab

{LANGUAGE_LINE.format("README.md")}

Replace each blank,
then run the cell.

```
make lab
```
"""
TRANSLATIONS = {
    "fa": {
        TITLE: "یک شبکه کوچک بنویسید",
        LOSS: r"*خطا* $\frac{1}{N}\sum_i r_i^2$ است؛ `train` و [آزمایشگاه](../lab/README.md).",
        "a list item with a model": "فهرستی با یک مدل",
        "meaning": "معنا",
        "learning rate": "نرخ یادگیری",
        "Answer": "پاسخ",
        SHORT: "کوچک‌تر می‌شود.",
        "**Remember** the sum.": "مجموع را **به یاد بسپارید**.",
        "✔ First the model.": "✔ نخست مدل.",
        "✔ Then [the title](#cell-id=les-title-01).": "✔ سپس [عنوان](#cell-id=les-title-01).",
        "The lab": "آزمایشگاه",
        "Replace each blank, then run the cell.": "هر جای خالی را پر کنید، سپس سلول را اجرا کنید.",
        editions.LABEL: "زبان:",
        editions.UNREVIEWED: "این ترجمه هنوز بازبینی نشده است.",
        editions.CORRECT: "اصلاح یک جمله",
    },
    "te": {
        TITLE: "ఒక చిన్న నెట్ రాయండి",
        LOSS: r"*లాస్* అంటే $\frac{1}{N}\sum_i r_i^2$; `train`, [ల్యాబ్](../lab/README.md) చూడండి.",
        "a list item with a model": "మోడల్‌తో ఒక అంశం",
        "meaning": "అర్థం",
        "learning rate": "లెర్నింగ్ రేట్",
        "Answer": "సమాధానం",
        SHORT: "అది చిన్నదవుతుంది.",
        "**Remember** the sum.": "మొత్తాన్ని **గుర్తుంచుకోండి**.",
        "✔ First the model.": "✔ మొదట మోడల్.",
        "✔ Then [the title](#cell-id=les-title-01).": "✔ తర్వాత [శీర్షిక](#cell-id=les-title-01).",
        "The lab": "ల్యాబ్",
        "Replace each blank, then run the cell.": "ప్రతి ఖాళీని నింపి, సెల్‌ను రన్ చేయండి.",
        editions.LABEL: "భాష:",
        editions.UNREVIEWED: "ఈ అనువాదాన్ని ఇంకా ఎవరూ సమీక్షించలేదు.",
        editions.CORRECT: "ఒక వాక్యాన్ని సరిచేయండి",
    },
    "th": {
        TITLE: "เขียนเน็ตขนาดเล็ก",
        LOSS: r"*loss* คือ $\frac{1}{N}\sum_i r_i^2$ ดู `train` และ [ห้องปฏิบัติการ](../lab/README.md)",
        "a list item with a model": "รายการที่มีโมเดล",
        "meaning": "ความหมาย",
        "learning rate": "อัตราการเรียนรู้",
        "Answer": "คำตอบ",
        SHORT: "มันเล็กลง",
        "**Remember** the sum.": "**จำ** ผลรวมไว้",
        "✔ First the model.": "✔ โมเดลก่อน",
        "✔ Then [the title](#cell-id=les-title-01).": "✔ แล้วจึง [ชื่อ](#cell-id=les-title-01)",
        "The lab": "ห้องปฏิบัติการ",
        "Replace each blank, then run the cell.": "เติมช่องว่าง แล้วรันเซลล์",
        editions.LABEL: "ภาษา:",
        editions.UNREVIEWED: "คำแปลนี้ยังไม่มีเจ้าของภาษาตรวจทาน",
        editions.CORRECT: "แก้ไขประโยค",
    },
}


# --- A small course


def lesson():
    """The English notebook of the small course, executed."""
    slide = {"slideshow": {"slide_type": "slide"}}
    cells = [new_markdown_cell(text, id=name, metadata=slide) for name, text in CELLS.items()]
    printed = [new_output("stream", text="0.25\n")]
    tagged = {"tags": ["exercise"]}
    cells.insert(
        1, new_code_cell("print(0.25)", id="les-code-01", metadata=tagged, outputs=printed)
    )
    cells[1].execution_count = 1
    return new_notebook(cells=cells)


def translated(path, language, root):
    """Put the translations into the catalog of the file `path`."""
    catalog = Path(root, Edition(path, language).catalog)
    po = PoFile.read(catalog, language)
    for message in po.messages():
        message.string = TRANSLATIONS[language][message.id]
    catalog.write_text(po.text(), encoding="utf-8", newline="\n")


def executed(path):
    """Give the code cell of the notebook in the file `path` its output, as executing it does."""
    notebook = nbformat.read(path, as_version=4)
    code = next(cell for cell in notebook.cells if cell.cell_type == "code")
    code.outputs, code.execution_count = [new_output("stream", text="0.25\n")], 1
    path.write_text(notebook_text(notebook), encoding="utf-8", newline="\n")


@pytest.fixture(scope="module")
def good_course(tmp_path_factory):
    """A small course in a folder of its own, translated, built and executed; its root."""
    root = tmp_path_factory.mktemp("course")
    for folder in ("notebooks", "lab"):
        (root / folder).mkdir()
    (root / "CONTRIBUTING.md").write_text("# How to help\n", encoding="utf-8")
    (root / LESSON).write_text(notebook_text(lesson()), encoding="utf-8", newline="\n")
    (root / LAB).write_text(README, encoding="utf-8", newline="\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "SOURCES", [LESSON, LAB])
        translate.update_all(root)
        for edition in editions.editions():
            translated(edition.source, edition.language, root)
        translate.build_all(root)
    for language in TRANSLATIONS:
        executed(root / Edition(LESSON, language).path)
    return root


@pytest.fixture
def course(good_course, tmp_path, monkeypatch):
    """A copy of the small course, to plant faults in; its root."""
    monkeypatch.setattr(editions, "SOURCES", [LESSON, LAB])
    return shutil.copytree(good_course, tmp_path, dirs_exist_ok=True)


def cells(root, language):
    """The cells of an edition of the small lesson, by id."""
    path = Path(root, Edition(LESSON, language).path)
    return {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}


def edit(root, path, old, new):
    """Replace `old`, which stands in the file `path` once, by `new`."""
    text = Path(root, path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    Path(root, path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def edit_notebook(root, path, change):
    """Let `change` alter the notebook in the file `path`."""
    notebook = nbformat.read(Path(root, path), as_version=4)
    change(notebook)
    Path(root, path).write_text(notebook_text(notebook), encoding="utf-8", newline="\n")


# --- What is offered to translators


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("# A title\n\nOne line\nand another.", ["A title", "One line and another."]),
        ("- one item\n- another\n  over two lines\n", ["one item", "another over two lines"]),
        ("1. first\n   - inner **bold**\n", ["first", "inner **bold**"]),
        ("> quoted words\n> over two lines\n", ["quoted words over two lines"]),
        (
            "| a | some words |\n|---|---|\n| $x$ | more \\| words |",
            ["some words", "more \\| words"],
        ),
        ("| words | words |\n|---|---|\n| words | 1 |", ["words", "words", "words"]),
        ("<details><summary>An answer</summary>\n\nYes.\n</details>", ["An answer", "Yes."]),
        ('<img src="a.png" alt="a small net">', ["a small net"]),
        ("![a small net](a.png)", ["![a small net](a.png)"]),
        ("One sentence.<br>\nAnother.", ["One sentence.", "Another."]),
        ("$$\\text{words}$$\n\n$x = 1$\n\n`code`\n\n1 + 2 = 3\n\n```\ncode\n```\n", []),
        ("tanh\n\nReLU, MNIST\n\n---\n", []),
        ("Shapes: $x$ (N, 2)\n\n$$x$$\n\nand so on", ["Shapes: $x$ (N, 2)", "and so on"]),
        ("**Language:** English", []),
    ],
)
def test_messages_are_the_texts_with_words(source, messages):
    assert list(slices.messages(source)) == messages


def test_a_slice_is_where_its_text_stands():
    for path in editions.SOURCES:
        for _, source in editions.markdown_texts(ROOT, path):
            for block in slices.blocks(source):
                for part in block.slices:
                    lines = source[part.start : part.end].split("\n")
                    assert " ".join(line.strip(" >") for line in lines) == part.text


def test_words_in_html_that_nobody_could_translate_are_refused(course):
    edit(course, LESSON, "<summary>Answer", "<b>Look</b><summary>Answer")
    with pytest.raises(ValueError, match=r"Lesson\.ipynb#les-answer-01: words in HTML"):
        translate.update_all(course)


def test_a_text_that_does_not_stand_in_the_source_is_refused():
    token = slices.MARKDOWN.parse("Some words")[1]
    with pytest.raises(ValueError, match="'Some words' does not stand"):
        slices.located("Other words", token, [0, 12], 0)


# --- Catalogs


def test_update_changes_nothing_the_second_time(course):
    assert translate.update_all(course) == []


def test_a_catalog_names_cells_without_line_numbers_and_never_wraps(course):
    text = Path(course, "notebooks/po/te/Lesson.po").read_text(encoding="utf-8")
    assert "#: Lesson.ipynb#les-title-01\n" in text
    assert json.dumps(LOSS, ensure_ascii=False) in text
    assert "python" not in text and "fuzzy" not in text


def test_a_changed_sentence_becomes_fuzzy_and_keeps_the_old_text(course):
    edit(course, LESSON, SHORT, "It becomes smaller again.")
    changed = [Edition(LESSON, code).catalog for code in TRANSLATIONS]
    kept = TRANSLATIONS["te"][SHORT]
    entry = f'#, fuzzy\n#| msgid "{SHORT}"\nmsgid "It becomes smaller again."\nmsgstr "{kept}"'
    for expected in (changed, []):
        assert translate.update_all(course) == expected
        assert entry in Path(course, "notebooks/po/te/Lesson.po").read_text(encoding="utf-8")


def test_the_header_and_the_comments_of_translators_stay(course):
    catalog = "notebooks/po/te/Lesson.po"
    edit(course, catalog, '"Language: te\\n"\n', '"Language: te\\n"\n"X-Poedit: 3\\n"\n')
    edit(course, catalog, f'msgid "{SHORT}"', f'# smaller than before\nmsgid "{SHORT}"')
    edit(course, LESSON, TITLE, "Write a small network")
    translate.update_all(course)
    text = Path(course, catalog).read_text(encoding="utf-8")
    assert '"X-Poedit: 3\\n"' in text and "# smaller than before\n" in text


def test_stats_count_translated_fuzzy_and_untranslated(course):
    edit(course, LESSON, SHORT, "It becomes smaller again.")
    edit(
        course,
        LESSON,
        "- a list item",
        "- one more bullet point of quite another kind\\n- a list item",
    )
    translate.update_all(course)
    counts = {name: numbers for name, *numbers in translate.stats(course)}
    assert counts["notebooks/po/th/Lesson.po"] == [12, 1, 1]
    assert counts["lab/po/th/README.po"] == [5, 0, 0]


# --- Editions


@pytest.mark.parametrize("path", editions.SOURCES)
def test_the_identity_build_equals_the_english_bytes(path):
    source = Path(ROOT, path).read_bytes().decode("utf-8")
    same = {text: text for text, _ in editions.source_messages(ROOT, path)}
    builder = Builder(Edition(path, "en"), same)
    if path.endswith(".md"):
        assert builder.markdown(source) == source
        return
    english = nbformat.reads(source, as_version=4)
    built = notebook_text(builder.notebook(english))
    for cell in english.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    assert built == notebook_text(english)


def test_a_translation_stands_where_the_english_stood(course):
    found = cells(course, "te")
    assert found["les-list-01"].source == (
        "- మోడల్‌తో ఒక అంశం\n\n| | అర్థం |\n|---|---|\n| $\\eta$ | లెర్నింగ్ రేట్ |"
    )
    assert found["les-answer-01"].source == (
        "<details><summary>సమాధానం</summary>\n\nఅది చిన్నదవుతుంది.\n</details>"
    )


def test_persian_stands_in_a_right_to_left_div_and_its_paragraphs_in_spans(course):
    found = cells(course, "fa")
    assert found["les-list-01"].source == (
        '<div dir="rtl" lang="fa">\n\n- فهرستی با یک مدل\n\n'
        "| | معنا |\n|---|---|\n| $\\eta$ | نرخ یادگیری |\n\n</div>"
    )
    assert found["les-end-01"].source == (
        '<div dir="rtl" lang="fa">\n\n'
        '> <span dir="rtl" style="display:block; text-align:right">'
        "مجموع را **به یاد بسپارید**.</span>\n\n"
        '<span dir="rtl" style="display:block; text-align:right">✔ نخست مدل.<br>\n'
        "✔ سپس [عنوان](#cell-id=les-title-01).</span>\n\n</div>"
    )


def test_code_in_a_persian_markdown_file_stays_left_to_right(course):
    text = Path(course, "lab/fa/README.md").read_text(encoding="utf-8")
    assert '<div dir="ltr">\n\n```\nmake lab\n```\n\n</div>\n\n</div>\n' in text


def test_links_lead_to_the_same_language_where_it_exists(course):
    title = cells(course, "th")["les-title-01"].source
    assert "[ห้องปฏิบัติการ](../../lab/th/README.md)" in title
    assert "[English](../Lesson.ipynb) · [فارسی](../fa/Lesson.ipynb)" in title
    assert "[แก้ไขประโยค](../../CONTRIBUTING.md)" in title


def test_links_in_code_and_formulas_are_no_links():
    text = "```\n[a](b.md)\n```\n`[a](b.md)` $[k](j)$ [a](b.md)"
    changed = Edition("lab/README.md", "te").relinked(text)
    assert changed == "```\n[a](b.md)\n```\n`[a](b.md)` $[k](j)$ [a](../b.md)"


def test_the_state_of_review_is_shown_until_a_speaker_reviewed_it(course):
    said = TRANSLATIONS["th"][editions.UNREVIEWED]
    assert said in cells(course, "th")["les-title-01"].source
    edit(course, "notebooks/po/th/Lesson.po", "not reviewed by a native speaker", "reviewed, 2027")
    translate.build_all(course)
    assert said not in cells(course, "th")["les-title-01"].source


def test_a_fuzzy_sentence_is_shown_in_english(course):
    edit(course, LESSON, SHORT, "It becomes smaller again.")
    translate.update_all(course)
    translate.build_all(course)
    span = '<span dir="ltr" lang="en" style="display:block; text-align:left">{}</span>'
    assert "\n\nIt becomes smaller again.\n" in cells(course, "te")["les-answer-01"].source
    assert span.format("It becomes smaller again.") in cells(course, "fa")["les-answer-01"].source


def test_a_mended_sentence_keeps_the_outputs_and_changed_code_loses_them(course):
    edit(course, "notebooks/po/te/Lesson.po", TRANSLATIONS["te"][SHORT], "అది ఇంకా చిన్నది.")
    translate.build_all(course)
    assert cells(course, "te")["les-code-01"].outputs[0].text == "0.25\n"
    edit(course, LESSON, "print(0.25)", "print(0.250)")
    translate.build_all(course)
    code = cells(course, "te")["les-code-01"]
    assert (code.outputs, code.execution_count) == ([], None)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("یک شبکه MNIST است (loss)، $x$ و 0.5.", "یک شبکه MNIST است (loss)، $x$ و 0.5."),
        ("جای 1/N کجاست", "جای ⟨1/N⟩ کجاست"),
        ("کد `# your code` و −0.5، 12.5%", "کد ⟨`# your code`⟩ و ⟨−0.5⟩، ⟨12.5%⟩"),
        ("(`@`، `axis=`)", "(⟨`@`⟩، ⟨`axis=`⟩)"),
        ("$X$ (N, n) · $b$ (C,).", "⟨$X$ (N, n)⟩ · ⟨$b$ (C,)⟩."),
        ("همانی: ŷ = z. *ReLU*: خود z", "همانی: ⟨ŷ = z⟩. *ReLU*: خود z"),
        ("SSE،\u200f η و RMSE", "SSE،\u200f ⟨η⟩ و RMSE"),
        ("✔ η بزرگ", "✔ ⟨η⟩ بزرگ"),
        ("$x$ (N, n_in)\u200f ← $z$ (N,)", "⟨$x$ (N, n_in)⟩\u200f ← ⟨$z$ (N,)⟩"),
        ("_شیب_ √(2/n_in)", "_شیب_ ⟨√(2/n_in)⟩"),
        ("[Nets: a survey](a.md) را", "[Nets: a survey](a.md) را"),
        ("![شیب −0.5 و 300 HU](a.png) و −0.5", "![شیب −0.5 و 300 HU](a.png) و ⟨−0.5⟩"),
        ("[f(x) را](a.md) <b>x > 0</b>", "[⟨f(x)⟩ را](a.md) <b>⟨x > 0⟩</b>"),
    ],
)
def test_code_signs_and_shapes_in_persian_are_marked_left_to_right(text, marked):
    marked = marked.replace("⟨", '<span dir="ltr">').replace("⟩", "</span>")
    assert isolated(text) == marked


def test_numbers_in_a_persian_table_are_marked_though_nobody_translates_them():
    table = "| $t$ | Δ |\n|---|---|\n| 1 | (−0.5, 0) |"
    built = Builder(Edition(LESSON, "fa"), {}).markdown(table)
    assert '| 1 | <span dir="ltr">(−0.5, 0)</span> |' in built
    assert Builder(Edition(LESSON, "te"), {}).markdown(table) == table


# --- Planted faults


def test_a_good_course_has_no_problems(course):
    assert translate.check_all(course) == []


FAULTS = {}


def fault(file, place, what):
    """Note a function that plants a fault; `check` names the file and the place, and says what."""

    def note(plant):
        FAULTS[plant.__name__] = (plant, file, place, what)
        return plant

    return note


def sentence(name, language, old, new, what, place="les-title-01"):
    """Note a fault in one translation of the lesson."""
    catalog = Edition(LESSON, language).catalog

    def plant(root):
        edit(root, catalog, json.dumps(old, ensure_ascii=False)[1:-1], new)

    plant.__name__ = name
    fault(catalog, f"Lesson.ipynb#{place}", what)(plant)


FA, TE, TH = (TRANSLATIONS[code] for code in ("fa", "te", "th"))
sentence("wrong_formula", "te", TE[LOSS].split(";")[0], "*లాస్* అంటే $N$", "formula missing: $")
sentence("missing_code_span", "te", "`train`, ", "", "code missing: `train`")
sentence("foreign_code_span", "te", "`train`, ", "`train` `fit`, ", "code not in the English")
sentence(
    "wrong_link", "te", "(../lab/README.md) చూ", "(../lab/A.md) చూ", "link missing: ../lab/READ"
)
sentence("not_translated", "te", TE[TITLE], TITLE, "no Telugu letter")
sentence("thai_in_telugu", "te", TE[TITLE], f"{TE[TITLE]} {TH[TITLE]}", "Thai letter")
sentence("untranslated", "th", TH[TITLE], "", "not translated")
sentence("arabic_ye", "fa", FA[TITLE], "يک شبکه کوچک بنویسید", "Arabic letter")
sentence("missing_half_space", "fa", FA[TITLE], "شبکه می نویسد", "half-space")
sentence("ascii_comma", "fa", FA[TITLE], "شبکه, کوچک", "ASCII , ; ?")
sentence("term_missing", "fa", FA["✔ First the model."], "✔ نخست آن.", "'model' is", "les-end-01")
sentence("bold_lost", "th", "**จำ** ผลรวม", "**จำ:**ผลรวม", "* is shown", "les-end-01")


@fault("notebooks/po/fa/Lesson.po", "les-answer-01", "not in the catalog: 'It grows.'")
def english_changed_without_update(root):
    edit(root, LESSON, SHORT, "It grows.")


@fault("notebooks/po/fa/Lesson.po", "les-answer-01", "fuzzy")
def english_changed(root):
    edit(root, LESSON, SHORT, "It becomes smaller again.")
    translate.update_all(root)
    translate.build_all(root)


@fault("notebooks/po/fa/Lesson.po", "les-answer-01", "no longer in the English: 'An orphan.'")
def orphaned_message(root):
    place = "#: Lesson.ipynb#les-answer-01"
    entry = f'{place}\nmsgid "An orphan."\nmsgstr "یتیم"\n'
    edit(
        root,
        "notebooks/po/fa/Lesson.po",
        f'{place}\nmsgid "{SHORT}',
        f'{entry}\n{place}\nmsgid "{SHORT}',
    )


@fault("notebooks/po/fa/Lesson.po", "all cells", "not as `update` writes it")
def wrapped_by_an_editor(root):
    edit(
        root, "notebooks/po/fa/Lesson.po", f'msgid "{SHORT}"', 'msgid ""\n"It becomes "\n"smaller."'
    )


@fault("notebooks/po/fa/Lesson.po", "line ", "not written as PO")
def quotation_mark_missing(root):
    edit(root, "notebooks/po/fa/Lesson.po", f'{FA[SHORT]}"', FA[SHORT])


@fault("notebooks/po/fa/Lesson.po", "line ", "not written as PO")
def quotation_mark_in_the_text(root):
    edit(root, "notebooks/po/fa/Lesson.po", FA[SHORT], 'a "b" c')


@fault("notebooks/po/fa/Lesson.po", "all lines", "an English sentence stands twice")
def sentence_twice(root):
    entry = f'msgid "{SHORT}"\nmsgstr "{FA[SHORT]}"'
    edit(root, "notebooks/po/fa/Lesson.po", entry, f"{entry}\n\n{entry}")


@fault("notebooks/te/Lesson.ipynb", "les-answer-01", "not as built from the catalog")
def stale_build(root):
    edit(root, "notebooks/po/te/Lesson.po", TE[SHORT], "అది ఇంకా చిన్నది.")


@fault("lab/te/README.md", "all lines", "not as built from the catalog")
def stale_markdown_file(root):
    edit(root, "lab/te/README.md", "make lab", "make labs")


@fault("lab/te/README.md", "all cells", "not built")
def edition_missing(root):
    Path(root, "lab/te/README.md").unlink()


@fault("notebooks/te/Lesson.ipynb", "les-code-01", "code differs from the English")
def code_changed_in_the_edition(root):
    edit(root, "notebooks/te/Lesson.ipynb", "print(0.25)", "print(0.5)")


@fault("notebooks/te/Lesson.ipynb", "les-code-01", "tags or other metadata differ")
def tag_dropped(root):
    edit_notebook(root, "notebooks/te/Lesson.ipynb", lambda n: n.cells[1].metadata.clear())


@fault("notebooks/te/Lesson.ipynb", "les-list-01", "this cell is missing")
def cell_missing(root):
    edit_notebook(root, "notebooks/te/Lesson.ipynb", lambda n: n.cells.pop(2))


@fault("notebooks/te/Lesson.ipynb", "les-more-01", "the English has no such cell")
def cell_added(root):
    more = new_markdown_cell("మరింత", id="les-more-01")
    edit_notebook(root, "notebooks/te/Lesson.ipynb", lambda n: n.cells.append(more))


@fault("notebooks/te/Lesson.ipynb", "les-end-01", "another order")
def cells_reordered(root):
    edit_notebook(root, "notebooks/te/Lesson.ipynb", lambda n: n.cells.insert(3, n.cells.pop()))


@fault("notebooks/te/Lesson.ipynb", "les-code-01", "not executed")
def never_executed(root):
    def clear(notebook):
        notebook.cells[1].execution_count = None

    edit_notebook(root, "notebooks/te/Lesson.ipynb", clear)


@fault("notebooks/te/Lesson.ipynb", "les-title-01", "link to ../../lab/te/README.md")
def link_without_its_target(root):
    Path(root, "lab/te/README.md").unlink()


@fault("notebooks/te/Lesson.ipynb", "les-end-01", "link to #cell-id=les-none-01")
def link_to_no_cell(root):
    edit(root, LESSON, "#cell-id=les-title-01", "#cell-id=les-none-01")
    translate.update_all(root)
    translate.build_all(root)


@fault("notebooks/Lesson.ipynb", "les-title-01", "not as built")
def language_line_changed(root):
    edit(root, LESSON, " · [ไทย](th/Lesson.ipynb)", "")


@fault("mlpkit/i18n/locale/te.po", "mlpkit/widgets/loss.py", "'model' is")
def term_missing_in_a_label(root):
    Path(root, "mlpkit/widgets").mkdir()
    Path(root, "mlpkit/widgets/loss.py").write_text('_("the {n}-th model")\n', encoding="utf-8")
    translate.update_all(root)
    entry = 'msgid "the {n}-th model"\nmsgstr "%s"'
    edit(root, "mlpkit/i18n/locale/te.po", entry % "", entry % "{n}వ వస్తువు")


@fault("lab/README.md", "first cell", "no paragraph '**Language:** '")
def language_line_missing(root):
    edit(root, LAB, LANGUAGE_LINE.format("README.md"), "")


@pytest.mark.parametrize("name", FAULTS)
def test_check_finds_the_planted_fault(name, course):
    plant, file, place, what = FAULTS[name]
    plant(course)
    lines = [line for line in translate.check_all(course) if line.startswith(f"{file}: ")]
    named = [line for line in lines if place in line and what in line]
    assert named
    assert "run: make i18n" in named[0] or "; mend" in named[0]


# --- Lints


@pytest.mark.parametrize(
    ("language", "message", "translation"),
    [
        ("fa", "It is here.", "کتاب‌ها را می‌بینید؟ میدان، میانگین و تنها میان آنها."),
        ("fa", "12.5% and −0.5, `a, b`, $x$, $y$", "12.5% و −0.5، `a, b`، $x$, $y$"),
        ("fa", "neural networks", "شبکه‌های عصبی"),
        ("fa", "The activation function", "تابع‌های فعال‌سازی"),
        ("te", "sums of models", "మోడళ్ల మొత్తాలు"),
        ("th", "The **weights** (matrix)", "**weight** (น้ำหนัก)"),
        (
            "th",
            "Nielsen, [Deep Learning, part 2](http://a.org)",
            "Nielsen, [Deep Learning](http://a.org)",
        ),
        ("te", '<abbr title="A sum">it</abbr>', '<abbr title="మొత్తం">అది</abbr>'),
    ],
)
def test_a_good_translation_has_no_problems(language, message, translation):
    assert lints.problems(language, message, translation) == []


@pytest.mark.parametrize(
    ("language", "message", "translation", "what"),
    [
        ("fa", "a net", "کتاب ها", "space before ها"),
        ("fa", "a net", "شبکهها", "ها joined"),
        ("fa", "a net", "میشود", "می joined"),
        ("fa", "a net", "نمی شود", "space after می"),
        ("fa", "a net", "عدد ٣", "Arabic digit"),
        ("fa", "a net", 'گفت "سلام"', "ASCII quotation marks"),
        (
            "te",
            '<abbr title="A net">it</abbr>',
            '<abbr title="A net">అది</abbr>',
            "under the pointer",
        ),
        ("te", "a **bold** net", "ఒక బోల్డ్ నెట్", "nothing is bold"),
        ("te", "a net", "- ఒక నెట్", "another kind of block"),
        ("te", "a net", "ఒక\nనెట్", "a line break"),
        ("te", "a net", "ఒక నెట్ ", "a space at the beginning or at the end"),
        ("te", "a net<br>", "ఒక నెట్", "tag missing: <br>"),
        ("te", "the matrices", "అవి", "'matrix' is"),
        ("th", "gradient descent", "มี gradient", "'gradient descent' is"),
    ],
)
def test_a_bad_translation_is_told_what_is_wrong(language, message, translation, what):
    found = lints.problems(language, message, translation)
    assert len(found) == 1 and what in found[0]


def test_a_longer_term_is_not_taken_for_the_shorter_one():
    assert lints.problems("fa", "the loss function", "تابع خطا") == []
    assert lints.problems("th", "the test set", "ชุดข้อมูลทดสอบ") == []


@pytest.mark.parametrize(
    ("comment", "message", "translation"),
    [("glossary-ok: sum", "the sum", "అది"), ("script-ok", "Mean and Max", "Mean, Max")],
)
def test_a_comment_sets_a_rule_aside(course, comment, message, translation):
    catalog = "notebooks/po/te/Lesson.po"
    edit(course, LESSON, TITLE, message)
    translate.update_all(course)
    entry = f'msgid "{message}"\nmsgstr ""'
    edit(course, catalog, entry, entry.replace('""', f'"{translation}"'))
    translate.build_all(course)
    found = [line for line in translate.check_all(course) if line.startswith(catalog)]
    assert len(found) == 1
    edit(course, catalog, f'msgid "{message}"', f'# {comment}\nmsgid "{message}"')
    translate.update_all(course)
    found = [line for line in translate.check_all(course) if line.startswith(catalog)]
    assert found == []


# --- The command line


def command(*arguments):
    """The finished process of `python -m mlpkit.i18n.translate` with these arguments."""
    line = [sys.executable, "-m", "mlpkit.i18n.translate", *arguments]
    return subprocess.run(
        line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_stats_tell_every_catalog():
    names = [line.split(": ")[0] for line in command("stats").stdout.splitlines()]
    assert {edition.catalog for edition in editions.editions()} <= {*names}


def test_check_refuses_a_file_that_is_no_catalog():
    result = command("check", "README.md")
    assert result.returncode != 0
    assert (
        "not a catalog: README.md; expected one of: notebooks/po/fa/OwnFramework.po"
        in result.stderr
    )
