# scale_pixels
import numpy as np


def scale_pixels(images):
    x = images.astype(np.float32)
    x /= 255
    return x.reshape(len(x), 784)
