"""A quiz in the page, in any language, and how a browser test answers it by keyboard alone."""

import re


class Page:
    """A quiz in the page, and a keyboard."""

    def __init__(self, notebook, cell_id):
        self.notebook, self.page = notebook, notebook.page
        self.keys = notebook.page.keyboard
        self.cell = notebook.show(cell_id)
        self.root = self.cell.locator(".mlpkit-quiz")
        self.root.wait_for()

    def begin(self):
        """Put the keyboard where running the cell leaves it: on the cell."""
        self.cell.focus()

    def tab_to(self, target):
        """Press Tab until an element has the focus."""
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")

    def form(self, question):
        """The form of a question."""
        return self.root.locator(f"form[data-question='{question.id}']")

    def feedback(self, question):
        """What is said about an answer."""
        return self.form(question).locator("[aria-live].mlpkit-feedback")

    def answer(self, question, value):
        """Answer a question with the keyboard, and wait for what is said."""
        form, feedback = self.form(question), self.feedback(question)
        feedback.evaluate("element => element.dataset.status = 'waiting'")
        getattr(self, f"answer_{question.kind}")(form, value)
        check = form.locator("button[type=submit]")
        self.tab_to(check)
        self.keys.press("Space")
        form.locator(".mlpkit-feedback:not([data-status='waiting'])").wait_for()
        assert check.evaluate("element => element === document.activeElement")
        return feedback

    def answer_one(self, form, value):
        """Choose by the arrow keys; Tab reaches the chosen one, or the first."""
        buttons, target = form.get_by_role("radio"), form.locator(f"input[value='{value}']")
        checked = form.locator("input:checked")
        self.tab_or_back_to(checked if checked.count() else buttons.first)
        if not checked.count():
            self.keys.press("Space")
        for _ in range(buttons.count()):
            if not target.is_checked():
                self.keys.press("ArrowDown")
        assert target.is_checked()

    def answer_several(self, form, value):
        """Toggle each box that has to change."""
        boxes = form.get_by_role("checkbox")
        self.tab_or_back_to(boxes.first)
        for box in boxes.all():
            self.tab_to(box)
            if box.is_checked() != (box.get_attribute("value") in value):
                self.keys.press("Space")

    def answer_number(self, form, value):
        """Write over what is there."""
        self.tab_or_back_to(form.get_by_role("textbox"))
        self.keys.press("ControlOrMeta+a")
        self.keys.type(str(value))

    def answer_order(self, form, value):
        """Move each step up to its place; the button that moves it keeps the focus."""
        for place, name in enumerate(value):
            step = form.locator(f"li[data-step='{name}']")
            up = step.get_by_role("button").first
            self.tab_or_back_to(up)
            while self.steps(form).index(name) > place:
                before = self.steps(form).index(name)
                self.keys.press("Enter")
                assert self.steps(form).index(name) == before - 1
                assert up.evaluate("element => element === document.activeElement")
                said = form.locator(".mlpkit-heard").inner_text()
                assert re.findall(r"\d+", said)[-2:] == [str(before), str(len(value))]
        assert self.steps(form) == value

    def steps(self, form):
        """The steps as they stand now."""
        return form.locator("li[data-step]").evaluate_all("all => all.map(li => li.dataset.step)")

    def tab_or_back_to(self, target):
        """Press Tab or Shift+Tab until an element has the focus."""
        passed = "element => !!(element.compareDocumentPosition(document.activeElement) & 4)"
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.keys.press("Shift+Tab" if target.evaluate(passed) else "Tab")
        raise AssertionError(f"Tab does not reach {target}")


def key(question):
    """The right answer."""
    if question.kind == "number":
        return str(question.answer)
    names = [option.id for option in question.options if option.right]
    names = names or [step.id for step in question.options]
    return names[0] if question.kind == "one" else names


def mistake(question):
    """A wrong answer."""
    if question.kind == "number":
        wrong = [found.value for found in question.mistakes]
        return str([*wrong, question.answer + 10 + 2 * question.tolerance][0])
    if question.kind == "order":
        return [step.id for step in question.shuffled()]
    wrong = [option.id for option in question.options if not option.right]
    if question.kind == "one":
        return wrong[0]
    return wrong[:1] or key(question)[:1]
