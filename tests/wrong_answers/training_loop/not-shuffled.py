# training_loop: not-shuffled


def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    history = []
    for _ in range(epochs):
        total = 0
        for start in range(0, len(x), batch_size):
            end = start + batch_size
            x_batch, y_batch = x[start:end], y[start:end]
            value = loss.forward(net.forward(x_batch), y_batch)
            total += len(x_batch) * value
            net.backward(loss.backward())
            optimizer.step()
        history.append(total / len(x))
    return history
