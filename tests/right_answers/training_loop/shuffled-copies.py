# training_loop
import numpy as np


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    rng = np.random.default_rng(rng)
    history, epoch = [], 0
    while epoch < epochs:
        order = np.argsort(rng.random(len(x)))
        x_new, y_new = x[order], y[order]
        mean, seen, start = 0.0, 0, 0
        while start < len(x):
            x_batch, y_batch = x_new[start:][:batch_size], y_new[start:][:batch_size]
            value = loss.forward(net.forward(x_batch), y_batch)
            dout = loss.backward()
            net.backward(dout)
            optimizer.step()
            seen += len(y_batch)
            mean += (value - mean) * len(y_batch) / seen
            start += batch_size
        history.append(float(mean))
        epoch += 1
    return history
