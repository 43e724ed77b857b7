# relu: input-changed
class ReLU:
    def forward(self, x):
        self.mask = x > 0
        x[x < 0] = 0
        return x

    def backward(self, dout):
        return dout * self.mask
