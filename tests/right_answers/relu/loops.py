# relu
import numpy as np


class ReLU:
    def forward(self, x):
        self.x = x
        return np.array([[max(0, z) for z in row] for row in x])

    def backward(self, dout):
        dx = np.zeros_like(dout)
        for i, j in np.ndindex(dout.shape):
            if self.x[i, j] > 0:
                dx[i, j] = dout[i, j]
        return dx
