# training_loop: loss-gradient-skipped

import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        total = 0
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            scores = net.forward(x[batch])
            value = loss.forward(scores, y[batch])
            total += len(batch) * value
            net.backward(scores)
            optimizer.step()
        history.append(total / len(x))
    return history
