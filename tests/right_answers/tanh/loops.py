# tanh
import math

import numpy as np


class Tanh:
    def forward(self, x):
        self.a = np.zeros(x.shape)
        for i in range(x.shape[0]):
            for j in range(x.shape[1]):
                self.a[i, j] = math.tanh(x[i, j])
        return self.a

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        for i in range(dout.shape[0]):
            for j in range(dout.shape[1]):
                dx[i, j] = dout[i, j] * (1 - self.a[i, j] ** 2)
        return dx
