# hidden_delta: slope-missing
def hidden_delta(delta2, W2, a1):
    return delta2 @ W2.T
