# scale_pixels: not-scaled

import numpy as np


def scale_pixels(images):
    return images.reshape(len(images), 784).astype(np.float32)
