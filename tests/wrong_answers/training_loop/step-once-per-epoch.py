# training_loop: step-once-per-epoch

import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        total = 0
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            value = loss.forward(net.forward(x[batch]), y[batch])
            total += len(batch) * value
            net.backward(loss.backward())
        optimizer.step()
        history.append(total / len(x))
    return history
