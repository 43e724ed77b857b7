# hidden_delta: slope-too-early
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    return (delta2 * slope) @ W2.T
