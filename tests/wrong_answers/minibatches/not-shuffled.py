# minibatches: not-shuffled


def minibatches(x, y, batch_size, rng):
    for start in range(0, len(x), batch_size):
        end = start + batch_size
        yield x[start:end], y[start:end]
