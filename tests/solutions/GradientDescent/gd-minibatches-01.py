def minibatches(x, y, batch_size, rng):
    """x (N, …), y (N, …) → pairs of at most batch_size rows"""
    order = rng.permutation(len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], y[batch]
