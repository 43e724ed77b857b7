# hidden_delta: tanh-slope
def hidden_delta(delta2, W2, a1):
    slope = 1 - a1**2
    return (delta2 @ W2.T) * slope
