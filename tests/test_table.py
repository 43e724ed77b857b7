"""The historic table: its rows are complete, it runs, and its page says what the script says."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import numpy as np
import pytest

from mlpkit import Linear, ReLU, Tanh, data
from mlpkit.i18n import DIRECTIONS, set_language
from mlpkit.i18n.editions import Edition

FILE = Path(__file__).resolve().parents[1] / "lab" / "table.py"
SPEC = spec_from_file_location("table", FILE)
table = module_from_spec(SPEC)
SPEC.loader.exec_module(table)

PUBLISHED = {
    "linear": ((), 12.0, "LeCun"),
    "300": ((300,), 4.7, "LeCun"),
    "1000": ((1000,), 4.5, "LeCun"),
    "300+100": ((300, 100), 3.05, "LeCun"),
    "500+150": ((500, 150), 2.95, "LeCun"),
    "500+300": ((500, 300), 1.53, "Hinton"),
    "800": ((800,), 1.6, "Simard"),
    "affine": ((800,), 1.1, "Simard"),
    "elastic": ((800,), 0.7, "Simard"),
}
ROWS = {row.key: row for row in table.ROWS}
PICTURE = "figures/results.png"


def some(n=500):
    (x, y), (x_test, y_test) = data.mnist()
    return (x[:n], y[:n]), (x_test[:n], y_test[:n])


def made_up(rows, error=0.5):
    """Runs of these rows that need no training."""
    return [table.Run(row.key, seed, error + seed / 10, 2.0) for row in rows for seed in row.seeds]


def cells(text):
    """The tables of a page, each a list of rows without the head, each row a list of cells."""
    blocks = re.findall(r"(?m)(?:^\|.*\|\n)+", text)
    split = [[line[2:-2].split(" | ") for line in block.splitlines()] for block in blocks]
    return [block[2:] for block in split]


# ---- The rows ----


def test_every_published_net_has_its_row():
    first_authors = [row.source.replace(",", "").split()[0] for row in table.ROWS]
    found = [(row.hidden, row.published) for row in table.ROWS]
    rows = {
        key: (*pair, author) for key, pair, author in zip(ROWS, found, first_authors, strict=True)
    }
    assert rows == PUBLISHED


def test_every_row_has_three_seeds_but_the_elastic_one():
    seeds = {key: len(set(row.seeds)) for key, row in ROWS.items()}
    assert seeds == dict.fromkeys(PUBLISHED, 3) | {"elastic": 1}


def test_squared_error_and_no_weight_decay_where_published():
    for row in table.ROWS:
        assert (row.loss == table.MSE) == row.source.startswith("LeCun"), row.key
    assert ROWS["500+300"].weight_decay > 0


def test_only_the_rows_of_distortions_distort():
    assert {key for key, row in ROWS.items() if row.distortion} == {"affine", "elastic"}
    assert ROWS["affine"].distortion["alpha"] == 0 < ROWS["elastic"].distortion["alpha"]


@pytest.mark.parametrize("key", PUBLISHED)
def test_the_net_has_the_published_layers_and_units(key):
    row = ROWS[key]
    layers = table.build(row, np.random.default_rng(0)).layers
    shapes = [layer.W.shape for layer in layers if isinstance(layer, Linear)]
    assert shapes == list(zip((784, *row.hidden), (*row.hidden, 10), strict=True))
    bends = [type(layer) for layer in layers if not isinstance(layer, Linear)]
    squared = row.loss == table.MSE
    assert bends == [Tanh if squared else ReLU] * (len(row.hidden) + squared)


# ---- Training ----


@pytest.mark.parametrize("key", ["linear", "300", "affine"])
def test_a_row_learns_from_500_images(key):
    row = ROWS[key]._replace(epochs=8, batch_size=20, hidden=(40,) * len(ROWS[key].hidden))
    run = table.measure(row, 1, *some())
    assert (run.key, run.seed) == (key, 1)
    assert 5 < run.error < 50
    assert run.seconds > 0


def test_the_same_seed_trains_the_same_net_in_float32():
    row = ROWS["elastic"]._replace(epochs=1, hidden=(20,))
    first, again, other = (table.fit(row, seed, *some(200)[0]).layers[0].W for seed in (3, 3, 4))
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_held_out_images_are_the_last_training_images(monkeypatch):
    monkeypatch.setattr(table, "measure", lambda row, seed, *sets: sets)
    (x, y), test_set = data.mnist()
    train_set, held_out = table.mnist_run(ROWS["300"], 0, held_out=True)
    assert [len(part) for part in train_set] == [55_000, 55_000]
    np.testing.assert_array_equal(held_out[0], x[-5000:])
    np.testing.assert_array_equal(held_out[1], y[-5000:])
    train_set, last = table.mnist_run(ROWS["300"], 0, held_out=False)
    assert len(train_set[0]) == 60_000 and last[0] is test_set[0]


# ---- The page ----


def page(rows, runs):
    return table.page(rows, runs, 14.0, 100.0, 2)


def test_a_miss_is_stated():
    runs = made_up(table.ROWS, error=1.35)
    text = page(table.ROWS, runs)
    assert "7 of 9 rows are met. Missed:" in text
    assert "affine distortions (missed by 0.35)" in text
    assert "elastic distortions (missed by 0.65)" in text


def test_a_published_error_that_is_just_reached_is_met():
    row = ROWS["800"]._replace(published=1.4)
    errors = [1.3, 1.4, 1.5]
    assert table.verdict(row, errors) == "met"
    assert table.verdict(row, [1.3, 1.4, 1.6]) == "missed by 0.03"


def test_the_whole_table_writes_its_page_and_its_picture(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(table, "PAGE", tmp_path / "RESULTS.md")
    monkeypatch.setattr(table, "FIGURE", tmp_path / "figures" / "results.png")
    monkeypatch.setattr(table, "least_squares", lambda: 14.0)
    monkeypatch.setattr(table, "all_runs", lambda rows, jobs, held_out: made_up(rows))
    table.main(["--jobs", "2"])
    assert "9 of 9 rows are met or beaten." in table.PAGE.read_text(encoding="utf-8")
    assert table.FIGURE.read_bytes().startswith(b"\x89PNG")
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 10
    assert printed[0].split()[:4] == ["linear", "classifier", "published", "12.0"]


@pytest.mark.parametrize("arguments", [["--rows", "elastic"], ["--held-out"]])
def test_a_trial_writes_no_page(tmp_path, monkeypatch, arguments):
    monkeypatch.setattr(table, "PAGE", tmp_path / "RESULTS.md")
    monkeypatch.setattr(table, "FIGURE", tmp_path / "figures" / "results.png")
    monkeypatch.setattr(table, "all_runs", lambda rows, jobs, held_out: made_up(rows))
    table.main(arguments)
    assert list(tmp_path.iterdir()) == []


# ---- The page in the repository ----


def committed():
    return table.PAGE.read_text(encoding="utf-8")


def test_the_committed_page_is_what_the_script_writes():
    """Its errors, put through the script again, give the same page but for machine and time."""
    least = float(re.search(r"is wrong on\s+(\S+) %", committed()).group(1))
    again = table.page(table.ROWS, table.reported(), least, 0, 2)
    parts = [text.split("## Where it was trained") for text in (again, committed())]
    assert parts[0][0] == parts[1][0]
    labels = [re.findall(r"(?m)^- (\w+):", part[1]) for part in parts]
    assert labels[0] == labels[1] == ["date", "processor", "system", "versions", "seconds"]


def words(figure):
    """What a picture says outside the ticks that are numbers."""
    ax = figure.axes[0]
    texts = [ax.get_title(), ax.get_xlabel(), *(label.get_text() for label in ax.get_yticklabels())]
    return texts + [text.get_text() for text in figure.legends[0].get_texts()]


@pytest.mark.parametrize("code", DIRECTIONS)
def test_the_picture_speaks_the_language_of_its_edition(code):
    page, picture = (Edition(f"lab/{name}", code) for name in ("MyFW_MNIST.ipynb", PICTURE))
    assert page.target(PICTURE) == page.link(picture.path)
    assert (FILE.parents[1] / picture.path).read_bytes().startswith(b"\x89PNG")
    english = words(table.draw(table.ROWS, table.reported()).figure)
    set_language(code)
    try:
        shown = words(table.draw(table.ROWS, table.reported()).figure)
    finally:
        set_language(None)
    same = [text for text, source in zip(shown, english, strict=True) if text == source]
    names = [row.name for row in table.ROWS if re.fullmatch(r"[\d+]+ HU", row.name)]
    assert same == (english if code == "en" else names)


def test_the_pictures_are_drawn_anew_from_the_page(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "FIGURE", tmp_path / "results.png")
    table.main(["--pictures"])
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.png")}
    assert names == {"results.png", "fa/results.png", "te/results.png", "th/results.png"}


def test_a_page_with_other_rows_is_refused(tmp_path, monkeypatch):
    page = tmp_path / "RESULTS.md"
    page.write_text(committed().replace("300 HU |", "310 HU |"), encoding="utf-8")
    monkeypatch.setattr(table, "PAGE", page)
    with pytest.raises(ValueError, match=r"RESULTS.md: expected the row '300 HU', got '310 HU'"):
        table.reported()
