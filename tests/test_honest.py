"""No trick makes a check say "right", no loop hangs it, and nothing it does leaves a trace."""

import builtins
import functools
import sys
import threading
import time

import numpy as np
import pytest

import mlpkit
from mlpkit import checks
from mlpkit.checks import honest, limit


def softmax(scores):
    """A right answer, to be spoiled by tricks."""
    exp = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)


def wrong_softmax(scores):
    return np.ones_like(scores)


class Always:
    """Claims to equal everything."""

    def __eq__(self, other):
        return np.bool_(True)

    __hash__ = None


class Friendly(np.ndarray):
    """An array that claims to equal everything."""

    def __eq__(self, other):
        return np.ones(self.shape, dtype=bool)

    def __sub__(self, other):
        return np.zeros(self.shape)

    __hash__ = None


def spying(scores):
    return sys._getframe(1).f_locals["copies"]


def spying_further(scores):
    frame = sys._getframe(1)
    while "reference" not in frame.f_globals:
        frame = frame.f_back
    return frame.f_globals["reference"].softmax(scores)


def memorized(scores):
    known = {1: [[0.090031, 0.244728, 0.665241]], 2: [[0.5, 0.5], [0.268941, 0.731059]]}
    return np.array(known.get(len(scores), np.full(scores.shape, 0.5)))


def emptying(scores):
    p = softmax(scores)
    scores[...] = 0
    return p


class Delegating:
    """A layer that lets mlpkit's own do the work."""

    def __init__(self):
        self.inner = mlpkit.ReLU()

    def forward(self, x):
        return self.inner.forward(x)

    def backward(self, dout):
        return self.inner.backward(dout)


class Forwarding:
    """The same, through __getattr__."""

    def __init__(self):
        self.inner = mlpkit.ReLU()

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Sub(mlpkit.ReLU):
    """mlpkit's own under another name."""


def calling(scores):
    return mlpkit.Softmax().forward(scores)


class OneLayer:
    """What SGD takes for a net: one w and one b."""

    def __init__(self, *triples):
        self.triples = triples

    def parameters(self):
        return self.triples


def stepping(w, b, dw, db, lr):
    w, b = np.array(w, dtype=float), np.array(b, dtype=float)
    mlpkit.SGD(OneLayer(("w", w, dw), ("b", b, db)), lr).step()
    return w, b


def rooting(y_hat, y):
    return mlpkit.SquaredLoss().forward(np.array(y_hat, dtype=float), y) ** 0.5


def looping(theta, X, Y, lam):
    return checks.reference.accumulate(theta, X, Y, lam)


def lending(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    return checks.verdict.nudged(lambda: f(w), w, h)


def stepping_back(w, b, x, y):
    o = 1 / (1 + np.exp(-(w @ x + b)))
    after = checks.reference.neuron_step(w, b, x[None], np.array([y]), 1)
    return (o - y) ** 2, w - after[0], b - after[1]


def quitting(scores):
    raise SystemExit(0)


TRICKS = {
    "an object that equals everything": ("softmax", lambda scores: Always()),
    "an array that equals everything": ("softmax", lambda s: np.ones(s.shape).view(Friendly)),
    "inputs read from the caller's frame": ("softmax", spying),
    "the reference taken from the caller's frame": ("softmax", spying_further),
    "answers learned by heart": ("softmax", memorized),
    "inputs emptied, so that they cannot be checked": ("softmax", emptying),
    "work passed on to mlpkit's class": ("relu", Delegating),
    "work passed on by __getattr__": ("relu", Forwarding),
    "a subclass of mlpkit's class": ("relu", Sub),
    "an alias of mlpkit's class": ("relu", mlpkit.ReLU),
    "mlpkit's function in a wrapper": ("softmax", functools.partial(checks.reference.softmax)),
    "mlpkit's layer called from inside": ("softmax", calling),
    "the step left to mlpkit's SGD": ("update", stepping),
    "the mean left to mlpkit's loss": ("rmse", rooting),
    "all samples at once by mlpkit's loop": ("vectorized", looping),
    "the nudges left to the checks": ("numerical_gradient", lending),
    "the gradient read off mlpkit's step": ("neuron", stepping_back),
    "the exit": ("softmax", quitting),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_trick_is_not_right(trick):
    name, answer = TRICKS[trick]
    verdict = checks.judge(name, answer)
    assert verdict.status in ("wrong", "not yet")
    reference = checks.EXERCISES[name].reference
    assert getattr(checks, name)(answer) is reference


@pytest.mark.parametrize(
    ("owner", "name", "put"),
    [
        (np, "allclose", lambda *_, **__: True),
        (np, "array_equal", lambda *_, **__: True),
        (np, "abs", lambda x: np.zeros_like(x)),
        (np, "all", lambda x, *_: True),
        (builtins, "isinstance", lambda *_: True),
        (mlpkit.checks.verdict, "close", lambda got, expected: np.ones(got.shape, bool)),
        (mlpkit.checks.reference, "softmax", wrong_softmax),
        (mlpkit.Softmax, "forward", lambda self, x: wrong_softmax(x)),
        (mlpkit.checks.own_framework, "softmax", lambda answer: None),
        (mlpkit.checks.judge.__globals__["Verdict"], "_make", classmethod(lambda *_: None)),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_what_was_replaced_is_noticed_and_refused(monkeypatch, owner, name, put):
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, put)
        verdict = checks.judge("softmax", wrong_softmax)
        honest_one = checks.judge("softmax", softmax)
    assert verdict.status == "wrong"
    if honest_one.status != "right":
        assert honest_one.mistake == "tampered" and name in honest_one.message
    assert checks.judge("softmax", softmax).status == "right"


def test_mlpkit_is_withheld_only_while_a_check_runs():
    before = mlpkit.ReLU.forward.__code__
    assert checks.judge("relu", Delegating).status == "not yet"
    assert mlpkit.ReLU.forward.__code__ is before
    layer = mlpkit.ReLU()
    np.testing.assert_array_equal(layer.forward(np.array([[-1.0, 2.0]])), [[0, 2]])
    with pytest.raises(NotImplementedError), honest.withheld(mlpkit.ReLU):
        layer.forward(np.zeros((1, 1)))
    np.testing.assert_array_equal(layer.forward(np.array([[-1.0, 2.0]])), [[0, 2]])


def test_the_judges_keep_a_framework_of_their_own():
    assert honest.own.Linear is not mlpkit.Linear
    a, b = honest.own.Linear(3, 2, rng=0), mlpkit.Linear(3, 2, rng=0)
    np.testing.assert_array_equal(a.W, b.W)
    assert not [name for name in sys.modules if name.startswith("mlpkit.checks.own.")]


def test_numbers_that_nobody_knows_differ_each_time():
    from mlpkit.checks.own_framework import fresh, fresh_digits

    assert not np.array_equal(fresh(5), fresh(5))
    assert not np.array_equal(fresh_digits(40), fresh_digits(40))


# --- Loops without end


def endless(scores):
    while True:
        pass


def swallowing(scores):
    while True:
        try:
            np.exp(scores)
        except BaseException:
            continue


def deep(scores):
    return deep(scores)


@pytest.mark.parametrize("answer", [endless, swallowing])
def test_a_loop_without_end_becomes_a_verdict_within_5_seconds(answer):
    start = time.perf_counter()
    verdict = checks.judge("softmax", answer)
    assert time.perf_counter() - start < 5
    assert (verdict.status, verdict.mistake) == ("wrong", "too-long")
    assert "did not come to an end within 4 seconds" in verdict.message
    time.sleep(0.1)  # no interrupt comes late
    assert checks.judge("softmax", softmax).status == "right"


def test_endless_recursion_is_shown_with_the_learners_line():
    verdict = checks.judge("softmax", deep)
    assert verdict.status == "wrong" and "RecursionError" in verdict.message
    assert "return deep(scores)" in verdict.message


def test_a_limit_ends_its_block_and_leaves_no_thread():
    with pytest.raises(KeyboardInterrupt), limit.Limit(0.05) as short:
        while True:
            pass
    assert short.up and not short.thread.is_alive()
    with limit.Limit(60) as long:
        pass
    assert not long.up and not long.thread.is_alive()


def test_a_limit_can_be_put_off():
    with pytest.raises(KeyboardInterrupt), limit.Limit(0.05) as later:
        limit.allow(0.4)
        start = time.perf_counter()
        while True:
            pass
    assert later.up and time.perf_counter() - start >= 0.35
    limit.allow(1)  # no limit in force: nothing happens


def test_a_net_too_slow_to_train_is_told_the_limit_of_the_training():
    class Slow(mlpkit.Net):
        def backward(self, dout):
            granted.append(limit.Limit.running.seconds)
            if len(dout) > 10:
                limit.allow(0.3)  # in place of the half minute that the training has
                time.sleep(1)
            return super().backward(dout)

    granted = []
    verdict = checks.judge("one_layer", lambda rng: Slow(mlpkit.Linear(784, 10, rng)))
    assert (verdict.status, verdict.mistake) == ("wrong", "too-long")
    assert "did not come to an end within 0.3 seconds" in verdict.message
    assert [*dict.fromkeys(granted)] == [4, 30, 0.3]


def test_without_threads_there_is_no_limit_but_a_verdict(monkeypatch):
    def refuse(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert checks.judge("softmax", softmax).status == "right"


def test_a_check_in_another_thread_runs_without_a_limit():
    found = []
    thread = threading.Thread(target=lambda: found.append(checks.judge("softmax", softmax)))
    thread.start()
    thread.join()
    assert found[0].status == "right"


def test_an_interrupt_by_the_learner_is_a_verdict_too():
    def interrupted(scores):
        raise KeyboardInterrupt

    assert checks.judge("softmax", interrupted).status == "wrong"
