# hidden_delta: input-changed
def hidden_delta(delta2, W2, a1):
    slope = a1
    slope *= 1 - a1
    return (delta2 @ W2.T) * slope
