# squared_error
import numpy as np

squared_error = lambda y_hat, y: (np.mean((y - y_hat) ** 2), -2 / len(y) * (y - y_hat))  # noqa: E731
