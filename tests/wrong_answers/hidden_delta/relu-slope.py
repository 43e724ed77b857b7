# hidden_delta: relu-slope
def hidden_delta(delta2, W2, a1):
    slope = a1 > 0.5
    return (delta2 @ W2.T) * slope
