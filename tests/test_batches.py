"""The explorer of learning rate and batch size: what it computes, says and shows."""

import io

import numpy as np
import pytest
from PIL import Image

import mlpkit
from mlpkit import widgets
from mlpkit.widgets.batches import EPOCHS, RATES, SIZES, START, loss_over, samples, walk


@pytest.fixture(scope="module")
def explorer():
    return widgets.batches()


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.panel.picture)).convert("RGB"))


@pytest.mark.parametrize("size", SIZES)
def test_a_walk_makes_as_many_updates_as_there_are_batches(size):
    found = walk(0.01, size)
    assert found.updates == -(-1000 // size)
    assert len(found.losses) == EPOCHS * found.updates == len(found.path) - 1
    assert len(found.per_epoch) == EPOCHS
    assert tuple(found.path[0]) == START
    np.testing.assert_allclose(np.mean(found.losses), np.mean(found.per_epoch), rtol=1e-12)


def test_a_step_with_all_samples_goes_down_the_gradient_of_the_drawn_surface():
    found, h = walk(0.1, 1000), 1e-6
    w, b = START
    slope = (
        (loss_over(w + h, b) - loss_over(w - h, b)) / (2 * h),
        (loss_over(w, b + h) - loss_over(w, b - h)) / (2 * h),
    )
    np.testing.assert_allclose(found.path[1], np.array(START) - 0.1 * np.array(slope), atol=1e-7)
    np.testing.assert_allclose(found.losses[0], loss_over(w, b), rtol=1e-12)


def test_the_lowest_point_of_the_surface_is_that_of_least_squares():
    x, y = samples()
    best = np.linalg.lstsq(np.column_stack([x, np.ones(1000)]), y[:, 0], rcond=None)[0]
    lowest = loss_over(*best)
    for step in np.array([[0.01, 0], [-0.01, 0], [0, 0.01], [0, -0.01]]):
        assert loss_over(*(best + step)) > lowest


def test_small_batches_get_further_in_an_epoch_and_large_ones_go_straighter():
    def length(path):
        return np.linalg.norm(np.diff(path, axis=0), axis=1).sum()

    small, large = walk(0.03, 10), walk(0.03, 1000)
    assert small.per_epoch[-1] < 0.8 < large.per_epoch[-1]
    straight = np.linalg.norm(large.path[-1] - large.path[0])
    assert length(large.path) < 1.01 * straight
    assert length(small.path) > 1.2 * np.linalg.norm(small.path[-1] - small.path[0])


def test_too_long_steps_are_said_to_diverge(explorer):
    explorer.batch_size.value = 1
    explorer.lr.value = 1.2
    assert "It diverges: after" in explorer.facts()
    explorer.lr.value = 0.03
    assert "diverges" not in explorer.facts()


def test_operations_are_counted_by_hand():
    # 7 for each sample: w x + b is two, the residual one, dw and db two each; 4 for an update.
    assert walk(0.01, 1000).operations == 7 * 1000 + 4
    assert walk(0.01, 1).operations == 7 * 1000 + 4 * 1000


def test_every_setting_shows_a_picture_of_the_same_size_and_says_its_numbers(explorer):
    size = pixels(explorer).shape
    for lr in RATES:
        for batch in SIZES:
            explorer.lr.value, explorer.batch_size.value = lr, batch
            assert f"η = {lr}, B = {batch}." in explorer.facts()
            assert ("At the end w =" in explorer.facts()) != ("diverges" in explorer.facts())
    assert pixels(explorer).shape == size
    assert (explorer.panel.height, explorer.panel.width) == size[:2]


def test_the_same_setting_gives_the_same_walk_and_the_one_before_stays_in_gray():
    one, other = widgets.batches(), widgets.batches()
    one.lr.value, one.lr.value = 0.3, 0.03
    assert one.facts() == other.facts()
    assert not np.array_equal(pixels(one), pixels(other))  # one shows the walk before
    other.lr.value, other.lr.value = 0.3, 0.03
    np.testing.assert_array_equal(pixels(one), pixels(other))


def test_it_runs_the_learners_own_classes():
    class Half(mlpkit.SGD):
        def step(self):
            for _, value, gradient in self.net.parameters():
                value -= 0.5 * self.lr * gradient

    own = widgets.batches(optimizer=Half)
    own.lr.value = 0.2
    np.testing.assert_allclose(
        walk(0.2, 50, optimizer=Half).path, walk(0.1, 50).path, rtol=1e-12, atol=1e-12
    )
    assert own.facts().splitlines()[2:] == widget_facts(0.1)


def widget_facts(lr):
    explorer = widgets.batches()
    explorer.lr.value = lr
    return explorer.facts().splitlines()[2:]


@pytest.mark.parametrize(
    ("name", "value"),
    [("lr", 0.5001), ("lr", "0.1"), ("lr", np.array([0.1, 0.2])), ("batch_size", 0)],
)
def test_a_value_that_is_not_on_offer_is_refused_and_changes_nothing(explorer, name, value):
    before = explorer.facts()
    with pytest.raises(ValueError, match=f"{name}: expected one of .*, got"):
        getattr(explorer, name).value = value
    assert explorer.facts() == before


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == explorer.facts()
    assert metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
    assert "application/vnd.jupyter.widget-view+json" in bundle
