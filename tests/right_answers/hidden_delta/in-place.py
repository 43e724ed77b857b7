# hidden_delta
def hidden_delta(delta2, W2, a1):
    delta1 = delta2.dot(W2.transpose()).astype(float)
    delta1 *= a1
    delta1 *= 1 - a1
    return delta1
