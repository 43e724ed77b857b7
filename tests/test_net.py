"""A net is its layers in a row: forward, backward, names of parameters, labels, dtype."""

import copy

import numpy as np
import pytest
from nets import Case, assert_close, assert_same, classification, random_case, values

from mlpkit import CrossEntropyLoss, Linear, Net, ReLU, Sigmoid, Softmax, Tanh, check_gradients


def test_forward_goes_through_the_layers_and_backward_through_them_in_reverse():
    net, loss, x, y = classification()
    first, bend, last = (copy.deepcopy(layer) for layer in net.layers)
    out = net.forward(x)
    np.testing.assert_array_equal(out, last.forward(bend.forward(first.forward(x))))
    loss.forward(out, y)
    dout = loss.backward()
    dx = net.backward(dout)
    np.testing.assert_array_equal(dx, first.backward(bend.backward(last.backward(dout))))
    assert dx.shape == x.shape


def test_parameters_are_numbered_by_the_layers_that_learn():
    net = Net(Tanh(), Linear(2, 3), ReLU(), Softmax(), Linear(3, 4), Sigmoid())
    names = [name for name, _, _ in net.parameters()]
    assert names == ["W1", "b1", "W2", "b2"]


def test_parameters_are_the_live_arrays():
    net = Net(Linear(2, 3), Tanh(), Linear(3, 4))
    arrays = [value for _, value, _ in net.parameters()]
    first, _, last = net.layers
    for found, wanted in zip(arrays, (first.W, first.b, last.W, last.b), strict=True):
        assert found is wanted


@pytest.mark.parametrize("seed", range(4000, 4060))
def test_a_net_spares_dx_and_keeps_all_gradients(seed):
    wanted, case = random_case(seed).gradients(), random_case(seed)
    case.value()
    case.net.gradients(case.loss.backward())
    assert_same({name: gradient for name, _, gradient in case.net.parameters()}, wanted)


def test_the_dx_of_the_first_layer_is_never_computed():
    class Spared(Linear):
        def backward(self, dout):
            raise AssertionError("dx was asked for")

    net = Net(Spared(2, 3, rng=0), Tanh(), Linear(3, 2, rng=0))
    net.forward(np.ones((4, 2)))
    net.gradients(np.ones((4, 2)))
    assert np.all(net.layers[0].db != 0) and np.all(net.layers[2].db == 4)


def test_a_first_layer_that_knows_only_backward_gets_its_gradient():
    class Shift:
        def __init__(self):
            self.b, self.db = np.zeros(2), np.zeros(2)

        def forward(self, x):
            return x + self.b

        def backward(self, dout):
            self.db = dout.sum(axis=0)
            return dout

        def parameters(self):
            yield "b", self.b, self.db

    net = Net(Shift(), Linear(2, 2, rng=0), Tanh())
    net.forward(np.ones((3, 2)))
    net.backward(np.ones((3, 2)))
    wanted, net.layers[0].db = net.layers[0].db, None
    net.gradients(np.ones((3, 2)))
    np.testing.assert_array_equal(net.layers[0].db, wanted)


@pytest.mark.parametrize("seed", range(4000, 4060))
def test_the_gradient_of_a_batch_is_the_mean_of_those_of_its_samples(seed):
    net, loss, x, y = random_case(seed)
    singles = [Case(net, loss, x[i : i + 1], y[i : i + 1]).gradients() for i in range(len(x))]
    wanted = {name: np.mean([single[name] for single in singles], axis=0) for name in singles[0]}
    assert_close(Case(net, loss, x, y).gradients(), wanted, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("seed", range(4000, 4060))
def test_the_order_of_the_samples_leaves_the_gradient(seed):
    net, loss, x, y = random_case(seed)
    order = np.random.default_rng(seed).permutation(len(x))
    moved = Case(net, loss, x[order], y[order]).gradients()
    assert_close(moved, Case(net, loss, x, y).gradients(), rtol=1e-11, atol=1e-14)


def test_forward_and_backward_change_neither_batch_nor_parameters():
    case = classification()
    x, y, before = case.x.copy(), case.y.copy(), values(case.net)
    case.backward()
    np.testing.assert_array_equal(case.x, x)
    np.testing.assert_array_equal(case.y, y)
    assert_same(values(case.net), before)


def test_a_net_without_parameters_goes_forward_and_backward():
    net = Net(Tanh(), ReLU())
    assert net.forward(np.ones((2, 3))).shape == net.backward(np.ones((2, 3))).shape == (2, 3)
    net.gradients(np.ones((2, 3)))
    assert list(net.parameters()) == []


def test_a_net_can_be_a_layer_of_a_net():
    flat = Net(Linear(2, 3, rng=0), Tanh(), Linear(3, 2, rng=1))
    nested = Net(Net(Linear(2, 3, rng=0), Tanh()), Linear(3, 2, rng=1))
    x = np.random.default_rng(2).normal(size=(4, 2))
    np.testing.assert_array_equal(nested.forward(x), flat.forward(x))
    np.testing.assert_array_equal(nested.backward(x), flat.backward(x))
    assert len(list(nested.parameters())) == 4
    assert check_gradients(nested, CrossEntropyLoss(), x, np.array([0, 1, 1, 0])).verdict == "right"


def test_repr_shows_the_layers():
    assert (
        repr(Net(Linear(2, 8), Tanh(), Linear(8, 3))) == "Net(Linear(2, 8), Tanh(), Linear(8, 3))"
    )


# ---- predict ----


def test_predict_gives_the_label_of_the_highest_score():
    net, _, x, _ = classification()
    labels = net.predict(x)
    assert labels.shape == (len(x),) and labels.dtype.kind == "i"
    np.testing.assert_array_equal(labels, net.forward(x).argmax(axis=1))


def test_predict_of_one_output_asks_whether_it_is_above_0():
    net = Net(Linear(1, 1))
    net.layers[0].W[:] = 1.0
    assert net.predict(np.array([[2.0], [-1], [0]])).tolist() == [1, 0, 0]


def test_predict_gives_the_output_itself_when_values_are_asked_for():
    net, _, x, _ = classification()
    np.testing.assert_array_equal(net.predict(x, values=True), net.forward(x))


# ---- dtype ----


def test_astype_turns_all_parameters_and_returns_the_net():
    net, _, x, _ = classification()
    before = values(net)
    assert net.astype(np.float32) is net
    wanted = {name: value.astype(np.float32) for name, value in before.items()}
    assert_same(values(net), wanted)
    assert net.forward(x.astype(np.float32)).dtype == np.float32


@pytest.mark.parametrize("bend", [Tanh, ReLU, Sigmoid, Softmax])
def test_float32_in_float32_through(bend):
    net, loss, x, y = classification(bend=bend)
    case = Case(net.astype(np.float32), loss, x.astype(np.float32), y)
    assert case.net.forward(case.x).dtype == np.float32
    assert case.backward().dtype == np.float32
    assert {gradient.dtype for gradient in case.gradients().values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("bend", [Tanh, ReLU, Sigmoid, Softmax])
def test_float32_agrees_with_float64(bend):
    net, loss, x, y = classification(bend=bend)
    wanted = Case(net, loss, x, y).gradients()
    small = Case(net.astype(np.float32), loss, x.astype(np.float32), y).gradients()
    assert_close(small, wanted, rtol=1e-4, atol=1e-6)


def test_astype_takes_back_and_forth():
    net, _, x, _ = classification()
    net.astype(np.float32)
    rounded = values(net)
    net.astype(np.float64)
    assert_same(values(net), {name: value.astype(float) for name, value in rounded.items()})
    assert net.forward(x).dtype == np.float64


# ---- Bad input ----


@pytest.mark.parametrize("bad", [Tanh, 3, None, [Tanh()], "Tanh"])
def test_what_is_no_layer_is_refused(bad):
    with pytest.raises(ValueError, match=r"layers: expected objects such as .*, got"):
        Net(Linear(2, 3), bad)


def test_backward_before_forward_is_refused():
    net = Net(Linear(2, 3), Tanh())
    for backward in (net.backward, net.gradients):
        with pytest.raises(ValueError, match=r"backward: expected a forward pass before it"):
            backward(np.zeros((1, 3)))


@pytest.mark.parametrize("x", [np.zeros((28, 28)), np.zeros(4), np.zeros((2, 2, 4))])
def test_an_x_that_does_not_fit_is_refused(x):
    net = classification().net
    for function in (net.forward, net.predict):
        with pytest.raises(ValueError, match=r"x: expected .*\(batch, 4\), got"):
            function(x)


def test_a_net_of_no_layers_is_refused():
    with pytest.raises(ValueError, match="layers: expected objects such as"):
        Net()


@pytest.mark.parametrize("dtype", [int, np.int64, bool, str, complex, "U5"])
def test_astype_refuses_what_cannot_hold_parameters(dtype):
    net = Net(Linear(2, 3, rng=0))
    before = values(net)
    with pytest.raises(ValueError, match="dtype: expected a floating-point type, got"):
        net.astype(dtype)
    assert_same(values(net), before)


@pytest.mark.parametrize(
    ("layers", "got"),
    [
        ([], "[]"),
        ([Linear(2, 3), 3, None], "[3, None]"),
        ([Tanh, Tanh()], "[<class 'mlpkit.layers.Tanh'>]"),
    ],
)
def test_an_error_names_every_layer_that_is_none(layers, got):
    with pytest.raises(ValueError) as caught:
        Net(*layers)
    wanted = "layers: expected objects such as Linear(2, 8), Tanh(), got "
    assert str(caught.value) == wanted + got


def test_the_error_of_astype_says_what_came():
    with pytest.raises(ValueError) as caught:
        Net(Linear(2, 3)).astype(int)
    assert str(caught.value) == "dtype: expected a floating-point type, got <class 'int'>"
