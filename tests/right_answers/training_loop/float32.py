# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng, N = np.random.default_rng(rng), len(x)
    history = np.zeros(epochs, dtype=np.float32)
    for epoch in range(epochs):
        index = np.arange(N)
        rng.shuffle(index)
        for batch in np.split(index, np.arange(batch_size, N, batch_size)):
            history[epoch] += loss.forward(net.forward(x[batch]), y[batch]) * len(batch) / N
            net.backward(loss.backward())
            optimizer.step()
    return list(history)
