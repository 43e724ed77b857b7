# tanh
import numpy as np


class Activation:
    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        self.a = self.g(x)
        return self.a.copy()

    def backward(self, dout):
        return dout * self.slope()

    def __repr__(self):
        return type(self).__name__ + "()"

    def zero_grad(self):
        pass


class Tanh(Activation):
    def g(self, x):
        return np.tanh(x)

    def slope(self):
        return 1 - self.a**2

    def forward(self, x):
        return super().forward(x)

    def backward(self, dout):
        return super().backward(dout)
