# relu: list-returned
class ReLU:
    def forward(self, x):
        self.x = x
        return [[max(0, z) for z in row] for row in x]

    def backward(self, dout):
        return dout * (self.x > 0)
