def train(net, loss, optimizer, x, y, batch_size, epochs, rng):
    """→ history, a list with the mean loss of each epoch"""
    history = []
    for _ in range(epochs):
        total = 0
        for x_batch, y_batch in minibatches(x, y, batch_size, rng):
            total += len(x_batch) * loss.forward(net.forward(x_batch), y_batch)
            net.backward(loss.backward())
            optimizer.step()
        history.append(total / len(x))
    return history
