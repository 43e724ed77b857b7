# scale_pixels: input-changed

import numpy as np


def scale_pixels(images):
    x = images.reshape(len(images), 784).astype(np.float32) / 255
    images[:] = x.reshape(images.shape)
    return x
