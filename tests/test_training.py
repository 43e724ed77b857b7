"""The training explorer: what it computes, says and shows, and how it plays."""

import asyncio
import io

import numpy as np
import pytest
from PIL import Image

import mlpkit
from mlpkit import SGD, CrossEntropyLoss, Linear, Net, ReLU, Tanh, data, train, widgets
from mlpkit.plots.picture import new_figure
from mlpkit.widgets import player
from mlpkit.widgets.live import LivePicture, Tiles
from mlpkit.widgets.training import BENDS, RATES, SEEDS, SETS, SIZES, UNITS, Trainer

PARTS = {
    "linear": Linear,
    "tanh": Tanh,
    "relu": ReLU,
    "sigmoid": mlpkit.Sigmoid,
    "net": Net,
    "loss": CrossEntropyLoss,
    "optimizer": SGD,
}


@pytest.fixture
def explorer():
    return widgets.training()


def pixels(explorer):
    return np.asarray(Image.open(io.BytesIO(explorer.panel.picture)).convert("RGB"))


def test_it_trains_as_the_framework_does():
    trainer = Trainer(PARTS, "moons", 1, 8, "tanh", 0.3, 16, 0)
    for _ in range(5 * trainer.per_epoch):
        trainer.update()
    (x, y), held_out = data.split(*data.moons(n=300, rng=1), 1 / 3, rng=0)
    rng = np.random.default_rng(0)
    net = Net(Linear(2, 8, rng), Tanh(), Linear(8, 2, rng))
    history = train(net, CrossEntropyLoss(), SGD(net, 0.3), x, y, 16, 5, held_out, rng)
    for own, other in zip(trainer.net.parameters(), net.parameters(), strict=True):
        np.testing.assert_array_equal(own[1], other[1])
    epochs = [(e.number, e.accuracy, e.val_loss, e.val_accuracy) for e in history]
    assert [(row[0], *row[2:]) for row in trainer.curves[1:]] == epochs


def test_the_plane_has_at_each_place_the_color_of_the_nearest_tile():
    figure = new_figure(4, 3)
    ax = figure.add_subplot()
    ax.set(xlim=(0, 6), ylim=(0, 4))  # 7 columns and 5 rows of tiles, their centers at whole places
    tiles = Tiles(ax)
    tiles.colors = np.full((5, 7, 4), 255, dtype=np.uint8)
    tiles.colors[..., 0], tiles.colors[..., 1] = np.mgrid[10:60:10, 100:170:10]
    image = np.asarray(LivePicture(figure, [tiles]).pixels())
    for x, y in np.random.default_rng(0).uniform((0.05, 0.05), (5.95, 3.95), (300, 2)):
        if min(abs(x % 1 - 0.5), abs(y % 1 - 0.5)) < 0.03:
            continue  # at a border of tiles, which is rounded to a pixel
        across, up = ax.transData.transform((x, y))
        red, green, _blue = image[len(image) - 1 - int(up), int(across)]
        assert (red, green) == (10 + 10 * round(y), 100 + 10 * round(x))


@pytest.mark.parametrize("name", SETS)
def test_a_data_set_has_200_samples_to_train_on_and_100_to_validate(explorer, name):
    explorer.data_set.value = name
    assert len(explorer.trainer.y) == 200
    assert len(explorer.trainer.held_out[1]) == 100
    assert explorer.panel.message == ""
    shown = sum(len(line.get_xdata()) for line in explorer.points)
    assert shown == 300


@pytest.mark.parametrize(
    ("control", "values"),
    [("layers", (0, 1, 2, 3)), ("units", UNITS), ("lr", RATES), ("batch_size", SIZES),
     ("seed", SEEDS), ("activation", BENDS)],
)  # fmt: skip
def test_every_control_moves_over_its_whole_range(explorer, control, values):
    size = pixels(explorer).shape
    for value in values:
        getattr(explorer, control).value = value
        explorer.play(3)
        assert explorer.panel.message == ""
        assert getattr(explorer, control).value == value
    said = {
        "layers": "Net 2-8-8-8-2,",
        "units": "Net 2-32-2,",
        "lr": "η = 30.0",
        "batch_size": "B = 200",
        "seed": "rng 19",
        "activation": "activation none",
    }
    assert said[control] in explorer.facts()
    assert pixels(explorer).shape == size
    assert (explorer.panel.height, explorer.panel.width) == size[:2]


def test_rewind_leads_back_to_the_same_picture(explorer):
    first, facts = pixels(explorer), explorer.facts()
    explorer.play(300)
    assert explorer.facts() != facts
    trained = explorer.facts()
    explorer.rewind()
    assert explorer.facts() == facts
    np.testing.assert_array_equal(pixels(explorer), first)
    explorer.play(300)
    assert explorer.facts() == trained


def test_steps_make_the_same_way_as_playing(explorer):
    other = widgets.training()
    explorer.play(26)
    for _ in range(13):
        other.step()
    other.press("epoch")
    assert other.facts() == explorer.facts()
    assert "After 26 updates (epoch 2)" in other.facts()


def test_the_learning_rate_changes_on_the_way_and_all_else_rewinds(explorer):
    explorer.play(20)
    explorer.lr.value = 0.02
    assert explorer.trainer.optimizer.lr == 0.02
    assert "After 20 updates" in explorer.facts()
    explorer.batch_size.value = 8
    assert "After 0 updates" in explorer.facts()
    assert explorer.trainer.optimizer.lr == 0.02


def test_divergence_is_said_and_shown_and_ends_the_training(explorer):
    explorer.data_set.value, explorer.layers.value = "spirals", 3
    explorer.activation.value, explorer.lr.value = "none", 30.0
    explorer.play(1000)
    assert explorer.facts().endswith("It diverges: the loss is no number any more. "
                                     "A smaller η may help.")  # fmt: skip
    assert "training loss nan" in explorer.facts()
    assert "it diverges" in explorer.head.get_text()
    assert {"play", "step"} <= set(explorer.panel.off)
    height, width, _ = pixels(explorer).shape
    gray = np.all(np.abs(pixels(explorer).astype(int) - 0x59) < 6, axis=2)
    assert gray.mean() > 0.1 and height and width
    explorer.lr.value = 0.1
    assert explorer.panel.message == ""
    explorer.rewind()
    assert "play" not in explorer.panel.off and "diverges" not in explorer.facts()


def test_it_runs_the_learners_own_classes():
    class Lame(SGD):
        def step(self):
            pass

    class Fat(Linear):
        def __init__(self, n_in, n_out, rng):
            super().__init__(n_in, n_out, rng)
            self.W[...] = 5.0

    own = widgets.training(linear=Fat, optimizer=Lame)
    own.play(100)
    assert "Largest |weight| layer by layer: 5, 5;" in own.facts()


def test_a_layer_may_have_no_gradient_before_the_first_way_back():
    class Late(Linear):
        def __init__(self, n_in, n_out, rng):
            super().__init__(n_in, n_out, rng)
            del self.dW, self.db

    late = widgets.training(linear=Late)
    assert late.facts().splitlines()[3].endswith("largest |gradient|: 0, 0.")
    late.play(50)
    whole = widgets.training()
    whole.play(50)
    assert late.facts() == whole.facts()


def test_two_explorers_do_not_mix(explorer):
    other = widgets.training()
    before = other.facts(), pixels(other)
    explorer.data_set.value = "rings"
    explorer.play(50)
    assert other.facts() == before[0]
    np.testing.assert_array_equal(pixels(other), before[1])


def test_a_saved_notebook_keeps_a_small_picture_and_its_words(explorer):
    for name in SETS:
        explorer.data_set.value = name
        explorer.play(400)
        bundle, metadata = explorer._repr_mimebundle_()
        assert bundle["text/plain"] == metadata["image/png"]["alt"] == explorer.facts()
        assert len(bundle["image/png"]) * 3 / 4 < 40_000


# --- Playing


def played(explorer):
    """Train for 20 updates, then press Stop; return the updates then and some time later."""

    async def run():
        begin = explorer.trainer.updates
        explorer.hear({"press": "play"})
        async with asyncio.timeout(60):
            while explorer.trainer.updates <= begin + 20:
                await asyncio.sleep(0.02)
        assert explorer.panel.running
        assert explorer.panel.off == ["play", "step"]
        explorer.hear({"press": "stop"})
        at_stop = explorer.trainer.updates
        await asyncio.sleep(0.1)
        return at_stop, explorer.trainer.updates

    return asyncio.run(run())


def test_it_trains_until_stop_and_goes_on_from_there(explorer):
    at_stop, later = played(explorer)
    assert at_stop == later > 20
    assert f"After {at_stop} updates" in explorer.facts()
    assert not explorer.panel.running and explorer.panel.off == ["stop"]
    assert played(explorer)[0] > at_stop


def test_a_second_train_is_refused_while_it_runs(explorer):
    async def run():
        explorer.hear({"press": "play"})
        task = explorer.task
        explorer.hear({"press": "play"})
        explorer.hear({"press": "step"})
        explorer.hear({"press": "epoch"})
        assert explorer.task is task and explorer.trainer.updates == 0
        explorer.hear({"press": "rewind"})
        await asyncio.sleep(0.05)
        assert task.cancelled() and explorer.trainer.updates == 0

    asyncio.run(run())


def test_the_learning_rate_can_be_changed_while_it_trains(explorer):
    async def run():
        explorer.hear({"press": "play"})
        await asyncio.sleep(0.1)
        explorer.lr.value = 0.005
        assert explorer.panel.running and explorer.trainer.optimizer.lr == 0.005
        explorer.units.value = 3
        assert not explorer.panel.running and explorer.trainer.updates == 0

    asyncio.run(run())


def test_a_control_moved_while_it_trains_shows_no_picture_of_the_net_before(explorer):
    said = []
    explorer.panel.observe(lambda change: said.append(explorer.panel.facts), names="shown")

    async def run():
        explorer.hear({"press": "play"})
        await asyncio.sleep(0.1)
        said.clear()
        explorer.data_set.value = "spirals"
        await asyncio.sleep(0.1)

    asyncio.run(run())
    assert len(said) == 1
    assert "in 3 classes." in said[0] and "After 0 updates" in said[0]


def test_it_stops_by_itself_when_it_diverges(explorer):
    explorer.data_set.value, explorer.layers.value = "spirals", 3
    explorer.activation.value, explorer.lr.value = "none", 30.0

    async def run():
        explorer.hear({"press": "play"})
        await asyncio.wait_for(explorer.task, 60)

    asyncio.run(run())
    assert not explorer.panel.running and "It diverges" in explorer.facts()


def test_what_goes_wrong_in_the_learners_code_is_shown_in_the_panel():
    class Broken(SGD):
        made = 0

        def step(self):
            Broken.made += 1
            if Broken.made > 3:
                raise ZeroDivisionError("division by zero")

    explorer = widgets.training(optimizer=Broken)

    async def run():
        explorer.hear({"press": "play"})
        await asyncio.wait([explorer.task])

    asyncio.run(run())
    assert explorer.panel.message == "Your code stopped with ZeroDivisionError: division by zero"
    assert not explorer.panel.running and explorer.panel.off == ["play", "step", "stop"]
    explorer.hear({"press": "rewind"})
    assert explorer.panel.message == "" and explorer.panel.off == ["stop"]
    explorer.hear({"press": "step"})
    assert "ZeroDivisionError" in explorer.panel.message


def test_running_the_cell_again_stops_the_explorer_of_the_run_before(monkeypatch):
    runs = iter([("cell", 1), ("cell", 1), ("cell", 2), ("other", 3)])
    monkeypatch.setattr(player, "running_cell", lambda: next(runs))

    async def run():
        first, second = widgets.training(), widgets.training()
        for explorer in (first, second):
            explorer.hear({"press": "play"})
        await asyncio.sleep(0.05)
        assert first.panel.running and second.panel.running
        third = widgets.training()
        assert not first.panel.running and not second.panel.running
        third.hear({"press": "play"})
        widgets.training()
        assert third.panel.running
        third.stop()

    asyncio.run(run())


@pytest.mark.parametrize("times", [0, -1, 2.5, None, "3", True])
def test_a_wrong_number_of_steps_is_refused_by_name(explorer, times):
    with pytest.raises((TypeError, ValueError)) as caught:
        explorer.play(times)
    said = f"times: expected a whole number of at least 1, got {times!r}"
    assert str(caught.value) == said and explorer.trainer.updates == 0


def test_a_number_of_steps_may_be_numpys(explorer):
    explorer.play(np.int64(3))
    assert explorer.trainer.updates == 3


def test_messages_that_no_button_sends_are_ignored(explorer):
    facts = explorer.facts()
    for message in ({}, {"press": "start"}, {"press": None}):
        explorer.hear(message)
    assert explorer.facts() == facts and explorer.panel.message == ""
