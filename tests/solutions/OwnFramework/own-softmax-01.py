def softmax(scores):
    """scores (N, classes) → p (N, classes), rows sum to 1"""
    exp = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True)
