# hidden_delta
def hidden_delta(delta2, W2, a1):
    rows = []
    for d, a in zip(delta2, a1, strict=True):
        rows.append([sum(d * w) * v * (1 - v) for w, v in zip(W2, a, strict=True)])
    return rows
