# hidden_delta: delta-transposed
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    return (W2 @ delta2.T) * slope.T
