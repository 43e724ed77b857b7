class CrossEntropyLoss:
    def forward(self, scores, y):
        """scores (N, classes), labels y (N,) → mean loss, a float"""
        rows = np.arange(len(y))
        shifted = scores - scores.max(axis=1, keepdims=True)
        self.p, self.y = softmax(scores), y
        return float(np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[rows, y]))

    def backward(self):
        """→ dscores (N, classes)"""
        dscores = self.p.copy()
        dscores[np.arange(len(self.y)), self.y] -= 1
        return dscores / len(self.y)
