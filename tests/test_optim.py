"""SGD and Adam move the parameters as their papers say, in place, and W alone decays."""

import numpy as np
import pytest
from nets import assert_close, assert_same, classification, values

from mlpkit import SGD, Adam, Linear, Net


class OneNumber:
    """A net of a single W and b whose gradients the test sets."""

    def __init__(self, dtype=np.float64):
        self.W, self.b = np.array([[2.0]], dtype), np.array([3.0], dtype)
        self.dW, self.db = np.array([[0.5]], dtype), np.array([-1.0], dtype)

    def parameters(self):
        yield "W1", self.W, self.dW
        yield "b1", self.b, self.db


OPTIMIZERS = {
    "SGD": lambda net, lr=0.1: SGD(net, lr),
    "momentum": lambda net, lr=0.1: SGD(net, lr, momentum=0.9, weight_decay=0.1),
    "Adam": lambda net, lr=0.1: Adam(net, lr),
}
EACH = pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)


def test_sgd_goes_lr_times_the_gradient_downhill():
    net = OneNumber()
    SGD(net, lr=0.1).step()
    assert (net.W.item(), net.b.item()) == (2.0 - 0.1 * 0.5, 3.0 + 0.1 * 1.0)


def test_momentum_adds_the_former_velocity_to_the_gradient():
    net = OneNumber()
    optimizer = SGD(net, lr=0.1, momentum=0.9)
    velocity, w = 0.0, 2.0
    for gradient in (0.5, -1.0, 4.0):
        net.dW[:] = gradient
        optimizer.step()
        velocity = 0.9 * velocity + gradient
        w -= 0.1 * velocity
        assert net.W.item() == pytest.approx(w, rel=1e-15)


def test_weight_decay_pulls_W_and_never_b():
    net = OneNumber()
    net.dW[:], net.db[:] = 0, 0
    SGD(net, lr=0.1, weight_decay=0.5).step()
    assert net.W.item() == pytest.approx(2.0 * (1 - 0.1 * 0.5), rel=1e-15)
    assert net.b.item() == 3.0


def test_weight_decay_goes_through_the_momentum():
    net = OneNumber()
    optimizer = SGD(net, lr=0.1, momentum=0.5, weight_decay=0.2)
    velocity, w = 0.0, 2.0
    for _ in range(3):
        optimizer.step()
        velocity = 0.5 * velocity + 0.5 + 0.2 * w
        w -= 0.1 * velocity
    assert net.W.item() == pytest.approx(w, rel=1e-14)


def test_the_first_step_of_adam_has_the_size_lr():
    net = OneNumber()
    net.dW[:], net.db[:] = 1e-3, -1e3
    Adam(net, lr=0.01).step()
    assert net.W.item() == pytest.approx(2.0 - 0.01, abs=1e-6)
    assert net.b.item() == pytest.approx(3.0 + 0.01, abs=1e-12)


def test_adam_follows_algorithm_1_of_its_paper():
    net = OneNumber()
    optimizer = Adam(net, lr=0.01)
    m = v = 0.0
    w = 2.0
    for t, g in enumerate((0.5, -1.0, 4.0, 0.0, 1e-5), start=1):
        net.dW[:] = g
        optimizer.step()
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        assert net.W.item() == pytest.approx(w, rel=1e-14)


@EACH
def test_lr_changed_between_steps_counts(make):
    slow, fast = OneNumber(), OneNumber()
    one, other = make(slow, lr=0.1), make(fast, lr=0.1)
    one.step()
    other.step()
    before, other.lr = slow.W.item(), 0.2
    one.step()
    other.step()
    assert fast.W.item() - before == pytest.approx(2 * (slow.W.item() - before), rel=1e-12)


@EACH
def test_the_arrays_are_changed_in_place_and_the_gradients_left_untouched(make):
    net, _loss, _x, _y = case = classification()
    case.backward()
    arrays, before = [value for _, value, _ in net.parameters()], values(net)
    gradients = {name: gradient.copy() for name, _, gradient in net.parameters()}
    optimizer = make(net)
    for _ in range(2):
        optimizer.step()
    for old, (name, new, _) in zip(arrays, net.parameters(), strict=True):
        assert new is old
        assert (new != before[name]).any()
    assert_same({name: gradient for name, _, gradient in net.parameters()}, gradients)


@EACH
def test_nothing_moves_before_step(make):
    case = classification()
    case.backward()
    before = values(case.net)
    make(case.net)
    assert_same(values(case.net), before)


@EACH
def test_the_loss_falls(make):
    case = classification()
    optimizer, first = make(case.net, lr=0.05), case.value()
    for _ in range(20):
        case.backward()
        optimizer.step()
    assert case.value() < first


@EACH
def test_the_state_keeps_float32(make):
    net = OneNumber(np.float32)
    optimizer = make(net)
    for _ in range(3):
        optimizer.step()
    assert net.W.dtype == net.b.dtype == np.float32
    kept = [getattr(optimizer, "velocity", {}), getattr(optimizer, "moments", {})]
    for array in [a for state in kept for entry in state.values() for a in np.atleast_1d(entry)]:
        assert array.dtype == np.float32


@EACH
def test_float32_agrees_with_float64(make):
    case = classification()
    optimizer, wanted = make(case.net), []
    for _ in range(3):
        case.backward()
        optimizer.step()
        wanted.append(values(case.net))
    case = classification()
    case = case._replace(net=case.net.astype(np.float32), x=case.x.astype(np.float32))
    optimizer = make(case.net)
    for numbers in wanted:
        case.backward()
        optimizer.step()
        assert_close(values(case.net), numbers, rtol=1e-4, atol=1e-5)


@EACH
def test_two_optimizers_share_nothing(make):
    nets = [OneNumber(), OneNumber()]
    optimizers = [make(net) for net in nets]
    for _ in range(3):
        optimizers[0].step()
    optimizers[1].step()
    alone = OneNumber()
    make(alone).step()
    assert_same(values(nets[1]), values(alone))


# ---- Bad input ----


@pytest.mark.parametrize("lr", [0, -0.1, np.nan, np.inf, "0.1", None, [0.1], True])
@pytest.mark.parametrize("kind", [SGD, Adam])
def test_a_bad_lr_is_refused(kind, lr):
    with pytest.raises((ValueError, TypeError), match=r"lr: expected a number above 0, got"):
        kind(OneNumber(), lr)


@pytest.mark.parametrize("momentum", [1, 1.5, -0.1, np.nan, "0.9", None])
def test_a_bad_momentum_is_refused(momentum):
    with pytest.raises((ValueError, TypeError), match=r"momentum: expected a number .*, got"):
        SGD(OneNumber(), 0.1, momentum=momentum)


@pytest.mark.parametrize("weight_decay", [-1e-9, np.nan, np.inf, "0", None])
def test_a_bad_weight_decay_is_refused(weight_decay):
    with pytest.raises((ValueError, TypeError), match=r"weight_decay: expected a number .*, got"):
        SGD(OneNumber(), 0.1, weight_decay=weight_decay)


@pytest.mark.parametrize("lr", [1, 0.5, np.float32(0.5), np.int64(1)])
def test_any_number_above_0_will_do_as_lr(lr):
    assert SGD(OneNumber(), lr).lr == lr


def test_a_single_layer_is_net_enough():
    layer = Linear(2, 3, rng=0)
    layer.forward(np.ones((1, 2)))
    layer.backward(np.ones((1, 3)))
    before = Net(layer).layers[0].W.copy()
    SGD(layer, 0.5).step()
    np.testing.assert_allclose(layer.W, before - 0.5, rtol=1e-15)


@pytest.mark.parametrize("net", [None, 3, "net", [Linear(2, 3)]])
@pytest.mark.parametrize("optimizer", [SGD, Adam])
def test_what_is_no_net_is_refused(optimizer, net):
    with pytest.raises(ValueError, match="net: expected a Net, got"):
        optimizer(net, 0.1)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: SGD(3, 0.1), "net: expected a Net, got 3"),
        (lambda: Adam(3, 0.1), "net: expected a Net, got 3"),
        (lambda: SGD(Net, 0.1), "net: expected a Net, got <class 'mlpkit.net.Net'>"),
        (lambda: Adam(Net, 0.1), "net: expected a Net, got <class 'mlpkit.net.Net'>"),
        (lambda: SGD(OneNumber(), 0), "lr: expected a number above 0, got 0"),
        (lambda: Adam(OneNumber(), 0), "lr: expected a number above 0, got 0"),
        (
            lambda: SGD(OneNumber(), 0.1, momentum=1),
            "momentum: expected a number from 0 to below 1, got 1",
        ),
        (
            lambda: SGD(OneNumber(), 0.1, weight_decay=-1),
            "weight_decay: expected a number from 0, got -1",
        ),
    ],
)
def test_an_error_says_in_one_sentence_what_was_expected_and_what_came(call, sentence):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == sentence


@pytest.mark.parametrize("lr", [1e-9, 0.5, 1, 7.5, 1e9])
@pytest.mark.parametrize("kind", [SGD, Adam])
def test_lr_has_no_upper_bound(kind, lr):
    assert kind(OneNumber(), lr).lr == lr


def test_momentum_and_weight_decay_begin_at_0_and_go_far():
    plain = SGD(OneNumber(), 0.1)
    assert (plain.momentum, plain.weight_decay) == (0, 0)
    far = SGD(OneNumber(), 0.1, momentum=0.999, weight_decay=50.0)
    assert (far.momentum, far.weight_decay) == (0.999, 50)
