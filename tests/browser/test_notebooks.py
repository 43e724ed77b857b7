"""All notebooks run in JupyterLab in a real browser, as a learner starts them."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from lab import ROOT, open_notebook, open_page, running

FOLDERS = ("notebooks", "lab")
NOTEBOOKS = [p.relative_to(ROOT).as_posix() for f in FOLDERS for p in Path(ROOT, f).glob("*.ipynb")]


@pytest.fixture(params=sorted(NOTEBOOKS))
def notebook(request, chromium, url):
    """One of the notebooks, opened."""
    opened = open_notebook(chromium, url, request.param)
    yield opened
    opened.page.close()


def test_run_all_shows_no_error_and_asks_no_other_computer(notebook, screenshots):
    notebook.run_all()
    name = notebook.page.url.split("/")[-1].split(".")[0]
    pages = notebook.shoot(screenshots / name)
    assert notebook.errors() == []
    assert notebook.complaints == []
    assert len(pages) > 5


def test_an_error_and_a_request_to_another_host_are_noticed(chromium, course, url):
    far = "from IPython.display import HTML\nHTML('<img src=\"http://127.0.0.2:9/far.png\">')"
    cells = [new_code_cell(far, id="bad-far-01"), new_code_cell("1 / 0", id="bad-zero-01")]
    cells.append(new_code_cell("2", id="bad-after-01"))
    nbformat.write(new_notebook(cells=cells), course / "bad.ipynb")
    bad = open_notebook(chromium, url, "bad.ipynb")
    bad.run_all()
    assert bad.errors() == [
        ("bad-after-01", "not executed"),
        ("bad-zero-01", "division by zero"),
    ]
    assert any("another host: http://127.0.0.2:9/far.png" in line for line in bad.complaints)
    assert any(line.startswith("console: ") for line in bad.complaints)
    bad.page.close()


def test_make_lab_opens_the_learners_copy_of_the_main_lesson(chromium, tmp_path):
    with running(["make", "lab", "LAB_OPTIONS="], tmp_path, as_words=True, cwd=ROOT) as url:
        log = (tmp_path / "server.log").read_text(encoding="utf-8")
        address = re.search(rf"{url}/lab\S*", log).group()
        assert urlsplit(address).path.endswith("/my_course/notebooks/OwnFramework.ipynb")
        lesson = open_page(chromium, address)
        assert lesson.page.title().startswith("OwnFramework")
        lesson.page.wait_for_timeout(3000)  # JupyterLab's question about its news would be here
        assert lesson.page.locator(".Toastify__toast").count() == 0
        assert lesson.complaints == []
        lesson.page.close()
