"""The way of a learner: a wrong answer, a hint, the right one, a restart, and on to the lab."""

import pytest

from lab import open_notebook, server

LESSON, LAB = "notebooks/OwnFramework.ipynb", "lab/MyFW_MNIST.ipynb"
WRONG = """class ReLU:
    def forward(self, x):
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout
"""
RIGHT = """class ReLU:
    def forward(self, x):
        self.x = x
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (self.x > 0)
"""
ENDLESS = """def softmax(scores):
    while True:
        try:
            scores = scores + 1
        except BaseException:
            pass
"""


@pytest.fixture
def address(course, tmp_path):
    """A JupyterLab in which nothing was answered yet."""
    with server(course, tmp_path) as url:
        yield url


def test_a_learner_errs_reads_a_hint_mends_it_and_goes_on_after_a_restart(
    chromium, address, screenshots
):
    lesson = open_notebook(chromium, address, LESSON)
    lesson.run_cell("own-setup-01")
    lesson.type_into("own-relu-01", WRONG)
    lesson.run_cell("own-relu-01")
    shown = lesson.run_cell("own-relu-02")
    assert shown.startswith("✗ relu: wrong. The gradient passes where z < 0")
    assert "Read again: 7. Layers" in shown

    card = lesson.show("own-relu-02")
    hint = card.locator("details").nth(2)
    assert not hint.locator("code").first.is_visible()
    hint.locator("summary").focus()
    lesson.page.keyboard.press("Enter")
    assert hint.locator("code").first.is_visible()
    lesson.page.screenshot(path=screenshots / "learner-1-wrong.png")

    lesson.type_into("own-relu-01", RIGHT)
    lesson.run_cell("own-relu-01")
    shown = lesson.run_cell("own-relu-02")
    assert shown.startswith("✓ relu: right. Your ReLU is in use from here on. Saved in")
    lesson.page.screenshot(path=screenshots / "learner-2-right.png")

    lesson.restart_kernel()
    lesson.run_cell("own-setup-01")
    shown = lesson.run_cell("own-pause-02")
    assert "yours: ReLU" in shown
    lesson.page.screenshot(path=screenshots / "learner-3-resumed.png")
    assert lesson.complaints == []
    lesson.page.close()

    lab = open_notebook(chromium, address, LAB)
    lab.run_cell("lab-setup-01")
    lab.type_into("lab-setup-02", "checks.resume()\nprint(ReLU.__module__, Linear.__module__)")
    shown = lab.run_cell("lab-setup-02")
    assert "yours: ReLU" in shown
    assert shown.splitlines()[-1] == "my_framework mlpkit.layers"
    lab.page.screenshot(path=screenshots / "learner-4-lab.png")
    assert lab.complaints == []
    lab.page.close()


def test_an_endless_loop_ends_and_the_kernel_stays_usable(chromium, address, screenshots):
    lesson = open_notebook(chromium, address, LESSON)
    lesson.run_cell("own-setup-01")
    lesson.type_into("own-softmax-01", ENDLESS)
    lesson.run_cell("own-softmax-01")
    shown = lesson.run_cell("own-softmax-02")
    assert shown.startswith("✗ softmax: wrong. Your code did not come to an end within 4 seconds.")
    lesson.page.screenshot(path=screenshots / "learner-5-endless.png")
    lesson.type_into("own-softmax-01", "print(softmax.__module__)")
    assert lesson.run_cell("own-softmax-01").startswith("mlpkit.")
    lesson.page.close()
