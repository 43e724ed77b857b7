"""Questions before and after each lesson: `quiz("own-before")` shows one quiz in the notebook.

<id>.toml      the questions of a quiz, as plain data
questions.py   reads and validates them
judge.py       is an answer right, and what is said about it
text.py        the light Markdown of questions, as HTML or as words
show.py        shows a quiz: live (quiz.js, quiz.css), and as a page that reads without a kernel
"""

from .questions import FOLDER, LESSONS, read


def quizzes():
    """The ids of all quizzes, in the order of the lessons."""
    order = [f"{lesson}-{when}" for lesson in LESSONS for when in ("before", "after")]
    return [name for name in order if (FOLDER / f"{name}.toml").is_file()]


def quiz(name):
    """Show the quiz with the id `name`, such as "own-before".

    Raises ValueError if there is none.
    """
    from .show import QuizView

    if name not in quizzes():
        raise ValueError(f"name: expected one of {', '.join(quizzes())}, got {name!r}")
    return QuizView(read(FOLDER / f"{name}.toml"))


__all__ = ["quiz", "quizzes"]
