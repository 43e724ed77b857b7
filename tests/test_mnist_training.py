"""Training on MNIST, live: what the explorer computes, says and shows."""

import asyncio

import numpy as np
import pytest

from mlpkit import SGD, CrossEntropyLoss, Linear, Net, ReLU, accuracy, data, train, widgets
from mlpkit.widgets.mnist_training import EPOCHS, RATES, SIZES


def make_net(rng):
    return Net(Linear(784, 16, rng), ReLU(), Linear(16, 10, rng))


@pytest.fixture(scope="module")
def digits():
    (x, y), (x_test, y_test) = data.mnist()
    return x[:4000], y[:4000], (x_test[:2000], y_test[:2000])


@pytest.fixture
def explorer(digits):
    return widgets.mnist_training(make_net, *digits)


def test_it_trains_as_the_framework_does(explorer, digits):
    x, y, _held_out = digits
    explorer.play(10_000)
    rng = np.random.default_rng(0)
    net = make_net(rng)
    train(net, CrossEntropyLoss(), SGD(net, 0.1), x, y, 32, 3, rng=np.random.default_rng(0))
    for own, other in zip(explorer.net.parameters(), net.parameters(), strict=True):
        np.testing.assert_array_equal(own[1], other[1])
    assert "375 of 375 updates are done." in explorer.facts()
    assert explorer.facts().endswith("The training has come to its end.")
    assert explorer.panel.off == ["play", "step", "stop"]


def test_the_curves_are_those_of_the_validation_samples(explorer, digits):
    explorer.play(10_000)
    x, y = (part[:1000] for part in digits[2])
    assert explorer.trainer.curves[-1][2] == accuracy(explorer.net.forward(x), y) > 0.8
    xs, errors = explorer.errors.get_data()
    assert len(xs) == len(explorer.trainer.curves) >= 60
    np.testing.assert_allclose(errors[-1], 1 - explorer.trainer.curves[-1][2])
    assert explorer.done.get_width() == 1


@pytest.mark.parametrize(
    ("control", "values"), [("lr", RATES), ("batch_size", SIZES), ("epochs", EPOCHS)]
)
def test_every_control_moves_over_its_whole_range(explorer, control, values):
    for value in values:
        getattr(explorer, control).value = value
        explorer.step()
        assert explorer.panel.message == ""
        assert getattr(explorer, control).value == value


def test_the_learning_rate_is_taken_over_on_the_way_and_the_rest_rewinds(explorer):
    explorer.play(10)
    explorer.lr.value = 0.02
    assert explorer.trainer.optimizer.lr == 0.02 and explorer.trainer.updates == 10
    explorer.epochs.value = 1
    assert "0 of 125 updates are done." in explorer.facts()
    explorer.batch_size.value = 64
    assert "0 of 63 updates are done." in explorer.facts()


def test_rewind_leads_back_to_the_same_start_with_a_new_net(explorer):
    before, net = explorer.facts(), explorer.net
    explorer.play(100)
    after = explorer.facts()
    explorer.rewind()
    assert explorer.facts() == before and explorer.net is not net
    explorer.play(100)
    assert explorer.facts() == after


def test_divergence_is_said_and_ends_the_training(digits):
    x, y, held_out = digits

    def straight(rng):
        return Net(Linear(784, 16, rng), Linear(16, 16, rng), Linear(16, 10, rng))

    explorer = widgets.mnist_training(straight, 255 * x, y, held_out)
    explorer.lr.value = 10.0
    explorer.play(1000)
    assert "It diverges: the loss is no number any more." in explorer.facts()
    assert "play" in explorer.panel.off


def test_train_and_stop_by_the_buttons(explorer):
    explorer.epochs.value = 10

    async def run():
        explorer.hear({"press": "play"})
        await asyncio.sleep(0.1)
        assert explorer.panel.running
        explorer.hear({"press": "stop"})
        assert not explorer.panel.running
        return explorer.trainer.updates

    assert 0 < asyncio.run(run()) < 1250


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    explorer.play(200)
    bundle, metadata = explorer._repr_mimebundle_()
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
    assert len(bundle["image/png"]) * 3 / 4 < 40_000
