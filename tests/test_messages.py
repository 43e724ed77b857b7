"""Every text that a learner sees can be translated; and the framework's errors are told in it."""

import ast
from pathlib import Path

from mlpkit.i18n import errors
from mlpkit.i18n.errors import taken_apart

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
