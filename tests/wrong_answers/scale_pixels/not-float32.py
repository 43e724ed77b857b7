# scale_pixels: not-float32

import numpy as np


def scale_pixels(images):
    return images.reshape(len(images), 784).astype(np.float64) / 255
