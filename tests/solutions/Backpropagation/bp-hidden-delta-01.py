def hidden_delta(delta2, W2, a1):
    """delta2 (N, outputs), W2 (hidden, outputs), a1 (N, hidden) → delta1 (N, hidden)"""
    return (delta2 @ W2.T) * a1 * (1 - a1)
