# scale_pixels
import numpy as np


def scale_pixels(images):
    x = images.astype(np.float32)
    x /= 255
    x.shape = len(x), 784
    return x
