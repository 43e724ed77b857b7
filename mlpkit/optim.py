"""How the parameters move: step() changes them in place; lr may be changed between steps."""

import numpy as np

from .losses import check, check_number


class SGD:
    """Stochastic gradient descent: w <- w - lr * dw. Weight decay adds weight_decay * W to dW.
    Momentum (Sutskever et al., 2013, PyTorch's form): v <- momentum * v + dw, w <- w - lr * v."""

    def __init__(self, net, lr, momentum=0.0, weight_decay=0.0):
        check(hasattr(net, "parameters") and not isinstance(net, type), "net", "a Net", net)
        check_number("lr", lr, "above 0", lambda v: 0 < v < np.inf)
        check_number("momentum", momentum, "from 0 to below 1", lambda v: 0 <= v < 1)
        check_number("weight_decay", weight_decay, "from 0", lambda v: 0 <= v < np.inf)
        self.net, self.lr, self.momentum, self.weight_decay = net, lr, momentum, weight_decay
        self.velocity = {}

    def step(self):
        for name, value, gradient in self.net.parameters():
            if self.weight_decay and value.ndim == 2:
                gradient = gradient + self.weight_decay * value
            if self.momentum:
                gradient = gradient + self.momentum * self.velocity.get(name, 0)
                self.velocity[name] = gradient
            value -= self.lr * gradient


class Adam(SGD):
    """Steps of lr * mean / √(mean square) of each gradient's recent values (Kingma & Ba, 2015)."""

    def __init__(self, net, lr):
        super().__init__(net, lr)
        self.time, self.moments = 0, {}

    def step(self):
        self.time += 1
        for name, value, gradient in self.net.parameters():
            m, v = self.moments.get(name, (0, 0))
            m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient * gradient
            self.moments[name] = m, v  # both began at 0, for which the divisors below make up
            mean, square = m / (1 - 0.9**self.time), v / (1 - 0.999**self.time)
            value -= self.lr * mean / (np.sqrt(square) + 1e-8)  # the paper's 0.9, 0.999 and 1e-8
