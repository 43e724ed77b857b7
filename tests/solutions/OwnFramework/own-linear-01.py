class Linear:
    def __init__(self, n_in, n_out, rng=None):
        """W (n_in, n_out) random, b (n_out,) zeros"""
        self.W = np.random.default_rng(rng).normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        self.b = np.zeros(n_out)

    def forward(self, x):
        """x (N, n_in) → out (N, n_out)"""
        self.x = x
        return x @ self.W + self.b

    def backward(self, dout):
        """dout (N, n_out) → dx (N, n_in); keeps dW, db"""
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T

    def parameters(self):
        """yields ("W", W, dW) and ("b", b, db)"""
        yield "W", self.W, self.dW
        yield "b", self.b, self.db
