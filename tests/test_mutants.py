"""Every operator makes its mutants, every excuse fits one, and a verdict is what tests say."""

import ast

import mutate
import pytest
import score
from equivalent import EQUIVALENT

SOURCES = {
    name: (score.ROOT / "mlpkit" / f"{name}.py").read_text(encoding="utf-8") for name in score.TESTS
}


def changed(line):
    """What the mutants make of a source of one line."""
    return {mutant.new for mutant in mutate.mutants(line)}


# --- Mutants


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("if a < b: c", {"if a <= b: c", "if a >= b: c"}),
        ("if a == b: c", {"if a != b: c"}),
        ("if a not in b: c", {"if a in b: c"}),
        ("x = a - b", {"x = a + b"}),
        ("x = a @ b", {"x = b @ a"}),
        ("x = a**b", {"x = a*b"}),
        ("x = é * b", {"x = é / b"}),
        ("x = a or b", {"x = a and b"}),
        ("if not a: b", {"if a: b"}),
        ("x = -a", {"x = a"}),
        ("a -= b", {"a += b", "a = b", "pass"}),
        ("x = 3", {"x = 4", "x = 2", "pass"}),
        ("x = 0.5", {"x = 1.0", "x = 0.25"}),
        ("x = True", {"x = False"}),
        ("x = 'iuf'", {"x = 'uf'", "x = 'iu'"}),
        ('x = f"{a} b"', {'x = ""'}),
        ("x = f(a, b, c)", {"x = f(b, a, c)", "x = f(a, c, b)"}),
        ("x = f(a, b=c, d=e)", {"x = f(a, d=e)", "x = f(a, b=c, )"}),
        ("x = a if b else c", {"x = a if (not (b)) else c"}),
        ("x = [a for a in b if a]", {"x = [a for a in b if (not (a))]"}),
        ("def f(): return a", {"def f(): return None"}),
        ("f(a)", {"pass"}),
    ],
)
def test_every_operator_makes_its_mutants(line, wanted):
    assert wanted <= changed(line)


def test_a_decorator_is_taken_off():
    [mutant] = mutate.mutants("@cached\ndef f(): return\n")
    assert mutant.text == "\ndef f(): return\n"


@pytest.mark.parametrize("line", ['"""Words."""', "x: int", "def f() -> int | None: return"])
def test_what_nothing_runs_has_no_mutants(line):
    assert changed(line) == set()


@pytest.mark.parametrize("name", SOURCES)
def test_mutants_of_the_framework_differ_in_one_place_and_can_be_compiled(name):
    found = mutate.mutants(SOURCES[name])
    assert len(found) > 50
    assert len({mutant.text for mutant in found} - {SOURCES[name]}) == len(found)
    for mutant in found:
        ast.parse(mutant.text)
        assert mutant.old in SOURCES[name].splitlines()[mutant.number - 1]


def test_what_is_called_equivalent_is_a_mutant_and_has_a_reason():
    made = {(name, m.new) for name, text in SOURCES.items() for m in mutate.mutants(text)}
    assert set(EQUIVALENT) <= made
    assert all(EQUIVALENT.values())


# --- Verdicts


def judged(old, new):
    """The verdict on one change of optim.py."""
    text = SOURCES["optim"]
    assert text.count(old) == 1
    return score.verdict("optim", mutate.mutant(text, text.replace(old, new)))


def test_a_verdict_is_what_the_tests_say():
    assert judged("value -= self.lr * gradient", "value += self.lr * gradient") == "killed"
    assert judged("self.velocity = {}", "self.velocity = dict()") == "survived"
    assert judged("import numpy as np", "import numpie as np") == "unfit"


def test_a_loop_without_end_is_a_timeout(monkeypatch):
    monkeypatch.setattr(score, "SECONDS", 5)
    assert judged("self.time += 1", "while True: pass") == "timeout"


def test_the_score_counts_what_can_be_noticed():
    counts = score.Counter(killed=7, timeout=2, survived=1, equivalent=5, unfit=3)
    assert score.score(counts) == 0.9
