# hidden_delta: elementwise
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    return (delta2 * W2) * slope
