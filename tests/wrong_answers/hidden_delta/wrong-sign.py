# hidden_delta: wrong-sign
def hidden_delta(delta2, W2, a1):
    slope = a1 * (a1 - 1)
    return (delta2 @ W2.T) * slope
