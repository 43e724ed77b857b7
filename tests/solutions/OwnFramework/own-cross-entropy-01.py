class CrossEntropyLoss:
    def forward(self, scores, y):
        """scores (N, classes), labels y (N,) → mean loss, a float"""
        self.p, self.y = softmax(scores), y
        shifted = scores - scores.max(axis=1, keepdims=True)
        right = shifted[np.arange(len(y)), y]
        return float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - right))

    def backward(self):
        """→ dscores (N, classes)"""
        dscores = self.p.copy()
        dscores[np.arange(len(self.y)), self.y] -= 1
        return dscores / len(self.y)
