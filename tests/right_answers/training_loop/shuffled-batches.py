# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(x))
        batches = [order[i : i + batch_size] for i in range(0, len(x), batch_size)]
        rng.shuffle(batches)
        total = 0
        for rows in batches:
            value = loss.forward(net.forward(x[rows]), y[rows])
            net.backward(loss.backward())
            optimizer.step()
            total += value * len(rows)
        history.append(total / len(x))
    return history
