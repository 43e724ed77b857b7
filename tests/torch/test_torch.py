"""mlpkit equals PyTorch's autograd and optimizers, live, on 500 random nets in float64.

Each net is compared in its output, loss, all gradients and dx, and in its parameters after 20
steps of SGD (momentum; decay of the weights, not of the biases) and of Adam.
"""

import pytest
from references import make_references as references

NETS = 500
PROBLEMS = [references.draw(seed) for seed in range(1000, 1000 + NETS)]


@pytest.mark.parametrize("number", range(NETS))
def test_mlpkit_equals_torch(number):
    problem = PROBLEMS[number]
    found = references.differences(references.by_mlpkit(problem), references.by_torch(problem))
    assert found == [], (problem["layers"], problem["loss"])


def test_the_nets_have_every_loss_after_every_last_layer_at_every_depth():
    kinds = {(p["loss"], p["layers"][-1], p["layers"].count("Linear")) for p in PROBLEMS}
    for loss in references.LOSSES:
        for depth in (1, 2, 3):
            for last in ("Linear", *references.ACTIVATIONS):
                one_number = loss == "LogisticLoss" and last == "Softmax"
                assert one_number or (loss, last, depth) in kinds
    hidden = {name for p in PROBLEMS for name in p["layers"][:-1]}
    assert hidden == {"Linear", *references.ACTIVATIONS}


@pytest.mark.parametrize("number", range(references.COUNT))
def test_the_committed_values_are_those_of_torch(number):
    net = references.read()[number]
    assert references.differences(references.by_torch(net["problem"]), net["answer"]) == []


def test_the_committed_nets_are_those_that_the_script_draws():
    drawn = [references.draw(seed) for seed in range(references.COUNT)]
    assert [net["problem"] for net in references.read()] == drawn
