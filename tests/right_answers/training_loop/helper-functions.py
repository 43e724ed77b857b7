# training_loop
import numpy as np


def batches(x, y, size, rng):
    order = rng.permutation(len(x))
    for i in range(0, len(x), size):
        yield x[order[i : i + size]], y[order[i : i + size]]


def one_step(net, loss, optimizer, x, y):
    value = loss.forward(net.forward(x), y)
    net.backward(loss.backward())
    optimizer.step()
    return value


def one_epoch(net, loss, optimizer, pairs):
    values, sizes = [], []
    for x, y in pairs:
        values.append(one_step(net, loss, optimizer, x, y))
        sizes.append(len(x))
    return np.average(values, weights=sizes)


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    pairs = (batches(x, y, batch_size, rng) for _ in range(epochs))
    return [one_epoch(net, loss, optimizer, epoch) for epoch in pairs]
