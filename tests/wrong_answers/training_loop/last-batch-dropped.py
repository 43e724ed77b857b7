# training_loop: last-batch-dropped

import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        losses = []
        for start in range(0, len(x) - batch_size + 1, batch_size):
            batch = order[start : start + batch_size]
            value = loss.forward(net.forward(x[batch]), y[batch])
            losses += [value] * len(batch)
            net.backward(loss.backward())
            optimizer.step()
        history.append(np.mean(losses))
    return history
