# relu
class ReLU:
    def forward(self, x):
        self.off = x <= 0
        out = x.copy()
        out[self.off] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.off] = 0
        return dx
