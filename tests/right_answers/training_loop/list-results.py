# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history = [[] for _ in range(epochs)]
    for losses in history:
        order = rng.permutation(len(x)).tolist()
        while order:
            rows, order = order[:batch_size], order[batch_size:]
            losses.extend([loss.forward(net.forward(x[rows]), y[rows])] * len(rows))
            net.backward(loss.backward())
            optimizer.step()
    return [sum(losses) / len(losses) for losses in history]
