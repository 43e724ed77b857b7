# sigmoid
import math

import numpy as np


class Sigmoid:
    def forward(self, x):
        self.a = np.empty(x.shape)
        for i, row in enumerate(x):
            for j, z in enumerate(row):
                if z >= 0:
                    self.a[i, j] = 1 / (1 + math.exp(-z))
                else:
                    self.a[i, j] = math.exp(z) / (1 + math.exp(z))
        return self.a

    def backward(self, dout):
        dx = np.empty(dout.shape)
        for i, row in enumerate(dout):
            for j, d in enumerate(row):
                dx[i, j] = d * self.a[i, j] * (1 - self.a[i, j])
        return dx
