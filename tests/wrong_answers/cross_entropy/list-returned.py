# cross_entropy: list-returned
import numpy as np


class CrossEntropyLoss:
    def forward(self, scores, y):
        self.rows, total = [], 0.0
        for row, label in zip(scores, y, strict=True):
            e = np.exp(row - row.max())
            total += np.log(e.sum()) - (row[label] - row.max())
            self.rows.append(e / e.sum() - np.eye(len(row))[label])
        return total / len(y)

    def backward(self):
        return [row / len(self.rows) for row in self.rows]
