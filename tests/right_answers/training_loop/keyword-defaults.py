# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size=32, epochs=10, rng=None, verbose=False):
    rng = np.random.default_rng(rng)
    history = []
    for number in range(1, epochs + 1):
        total, order = 0, rng.permutation(len(y))
        for batch in (order[i : i + batch_size] for i in range(0, len(y), batch_size)):
            total += len(batch) * loss.forward(net.forward(x[batch]), y[batch])
            net.backward(loss.backward())
            optimizer.step()
        history += [total / len(y)]
        if verbose:
            print(number, history[-1])
    return history
