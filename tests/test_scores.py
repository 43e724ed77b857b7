"""The explorer of softmax and cross-entropy: what it computes, says and shows."""

import numpy as np
import pytest

from mlpkit import CrossEntropyLoss, widgets
from mlpkit.plots.words import number
from mlpkit.widgets.scores import LABELS, SCORES, compute


@pytest.fixture(scope="module")
def explorer():
    return widgets.scores()


def test_the_start_is_the_example_of_the_lesson(explorer):
    assert explorer.facts().splitlines() == [
        "Scores 1, 2, 3; the right class is 2.",
        "Probabilities 0.09, 0.245, 0.665, in all 1.",
        "Loss 0.4076.",
        "Gradient 0.09, 0.245, -0.335.",
    ]


@pytest.mark.parametrize("label", LABELS)
def test_probabilities_sum_to_1_and_the_gradient_is_p_minus_the_label(label):
    rng = np.random.default_rng(label)
    for _ in range(50):
        found = compute(rng.integers(-10, 11, 3), label)
        np.testing.assert_allclose(found.p.sum(), 1, rtol=1e-12)
        np.testing.assert_allclose(found.loss, -np.log(found.p[label]), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(found.gradient, found.p - np.eye(3)[label], atol=1e-12)


def test_the_same_number_added_to_all_scores_changes_no_probability():
    for shift in (-7, 3, 7):
        before, after = compute([1, 2, 3], 0), compute([1 + shift, 2 + shift, 3 + shift], 0)
        np.testing.assert_allclose(after.p, before.p, rtol=1e-12)


def test_every_control_moves_over_its_whole_range(explorer):
    size = explorer.panel.width, explorer.panel.height
    for name in ("z0", "z1", "z2"):
        for value in SCORES:
            getattr(explorer, name).value = value
            numbers = [getattr(explorer, f"z{i}").value for i in LABELS]
            assert explorer.facts().startswith(f"Scores {', '.join(map(str, numbers))};")
    for label in LABELS:
        explorer.label.value = label
        assert f"the right class is {label}." in explorer.facts()
    assert (explorer.panel.width, explorer.panel.height) == size


@pytest.mark.parametrize("label", LABELS)
def test_scores_and_right_class_lead_to_what_is_said_and_drawn(label):
    explorer = widgets.scores()
    explorer.z0.value, explorer.z1.value, explorer.z2.value = 2, -1, 0
    explorer.label.value = label
    found = compute([2, -1, 0], label)
    slopes = ", ".join(number(value, 3) for value in found.gradient)
    said = [f"Loss {number(found.loss, 4)}.", f"Gradient {slopes}."]
    assert explorer.facts().splitlines()[2:] == said
    assert [bar.get_height() for bar in explorer.p_bars] == found.p.tolist()
    assert [bar.get_height() for bar in explorer.slope_bars] == found.gradient.tolist()


def test_it_runs_the_learners_own_code():
    def halves(scores):
        return np.full(scores.shape, 0.5)

    class Double(CrossEntropyLoss):
        def forward(self, scores, y):
            return 2 * super().forward(scores, y)

    lines = widgets.scores(halves, Double).facts().splitlines()
    assert lines[1:3] == ["Probabilities 0.5, 0.5, 0.5, in all 1.5.", "Loss 0.8152."]


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"softmax": lambda s: np.ones(3)}, "softmax: expected (1, 3), got (3,)"),
        ({"softmax": lambda s: 0.5}, "softmax: expected (1, 3), got ()"),
        ({"loss": lambda: Flat()}, "dscores: expected (1, 3), got (3,)"),
    ],
)
def test_numbers_of_another_shape_are_named(parts, said):
    with pytest.raises(ValueError) as caught:
        widgets.scores(**parts)
    assert str(caught.value) == said


class Flat(CrossEntropyLoss):
    """Its gradient has lost the batch."""

    def backward(self):
        return super().backward()[0]
