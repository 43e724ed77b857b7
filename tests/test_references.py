"""mlpkit equals PyTorch on the committed nets; PyTorch itself is not needed here.

tests/torch compares both live, on many more nets.
"""

import copy

import pytest
from references import make_references as references

NETS = references.read()


@pytest.mark.parametrize("number", range(len(NETS)))
def test_mlpkit_equals_the_committed_values_of_torch(number):
    net = NETS[number]
    problem = net["problem"]
    found = references.differences(references.by_mlpkit(problem), net["answer"])
    assert found == [], (problem["layers"], problem["loss"])


def test_the_committed_nets_have_every_layer_loss_and_depth():
    problems = [net["problem"] for net in NETS]
    assert len(problems) == references.COUNT
    assert {name for p in problems for name in p["layers"]} == {"Linear", *references.ACTIVATIONS}
    assert {p["loss"] for p in problems} == set(references.LOSSES)
    assert {p["layers"].count("Linear") for p in problems} == {1, 2, 3}


def test_the_file_is_small():
    assert references.FILE.stat().st_size < 300_000


@pytest.mark.parametrize("name", NETS[0]["answer"])
def test_a_value_that_is_slightly_off_is_found(name):
    answer = references.by_mlpkit(NETS[0]["problem"])
    wrong = copy.deepcopy(answer)
    wrong[name] = wrong[name] * (1 + 1e-8) + 1e-9
    assert [line.split(":")[0] for line in references.differences(wrong, answer)] == [name]


def test_a_value_that_is_missing_or_has_another_shape_is_found():
    answer = references.by_mlpkit(NETS[0]["problem"])
    less = {name: value for name, value in answer.items() if name != "dx"}
    assert len(references.differences(less, answer)) == 1
    assert len(references.differences({**answer, "dx": answer["dx"].T[:1]}, answer)) == 1
