# hidden_delta: double-mean
def hidden_delta(delta2, W2, a1):
    slope = a1 * (1 - a1)
    return (delta2 @ W2.T) * slope / len(delta2)
