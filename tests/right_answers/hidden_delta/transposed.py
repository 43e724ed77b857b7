# hidden_delta
def hidden_delta(delta2, W2, a1):
    return (W2 @ delta2.T).T * (a1 - a1 * a1)
