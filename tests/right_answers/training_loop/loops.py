# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _epoch in range(epochs):
        order = rng.permutation(len(x))
        total = 0.0
        for start in range(0, len(x), batch_size):
            rows = order[start : start + batch_size]
            scores = net.forward(x[rows])
            value = loss.forward(scores, y[rows])
            net.backward(loss.backward())
            optimizer.step()
            total += value * len(rows)
        history.append(total / len(x))
    return history
