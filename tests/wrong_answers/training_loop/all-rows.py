# training_loop: all-rows
import numpy as np


def minibatches(x, y, batch_size, rng):
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        rows = order[start : start + batch_size]
        yield x[rows], y[rows]


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _ in range(epochs):
        total = 0
        for x_batch, _y_batch in minibatches(x, y, batch_size, rng):
            value = loss.forward(net.forward(x), y)
            net.backward(loss.backward())
            optimizer.step()
            total += value * len(x_batch)
        history.append(total / len(x))
    return history
