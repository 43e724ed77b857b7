class ReLU:
    def forward(self, x):
        """x → max(0, x), the same shape"""
        self.x = x
        return np.maximum(0, x)

    def backward(self, dout):
        """dout → dx, the same shape"""
        return dout * (self.x > 0)
