class ReLU:
    def forward(self, x):
        """x → max(0, x), the same shape"""
        self.a = np.maximum(0, x)
        return self.a

    def backward(self, dout):
        """dout → dx, the same shape"""
        return dout * (self.a > 0)
